"""Everything is announced once more: as it stands, under the version it has, and nothing is doubled."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from collections import Counter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import new_id, now
from chassis.inbox import save_if_newer
from chassis.mongo import Database
from chassis.principal import Principal
from services.clients.demo import seed_demo
from services.clients.republish import KINDS, republish_all
from services.clients.store import Registry
from services.clients.use_cases.keep_people import change_person
from services.clients.use_cases.merge_people import merge_people
from services.clients.use_cases.republish import republish
from tests.contract.clients.conftest import MASTER_KEYS

_ADMIN = Principal(kind="staff", id=new_id(), full_name="Админ", roles=("admin",))
_EVER = 10**9


def _kept(registry: Registry) -> Database:
    return registry.people.collection.database


async def _taken_out(registry: Registry) -> list[dict[str, Any]]:
    """What waited, as a relay would publish it."""
    found = []
    for collection in registry.announcing:
        async for document in collection.find({"outbox": {"$exists": True}}):
            found += [json.loads(pending["body"]) for pending in document["outbox"]]
        await collection.update_many({}, {"$unset": {"outbox": 1, "outbox_since": 1}})
    return found


async def _mirrored(mirror: Database, events: list[dict[str, Any]]) -> int:
    """How many events changed anything in a mirror of everything."""
    changed = 0
    for event in events:
        data = event["data"]
        fields = {key: value for key, value in data.items() if key not in ("id", "version")}
        kept = await save_if_newer(mirror[event["type"]], UUID(data["id"]), data["version"], fields)
        changed += kept
    return changed


async def _contents(mirror: Database) -> dict[str, list[Any]]:
    names = sorted(await mirror.list_collection_names())
    return {name: await mirror[name].find({}).sort("_id", 1).to_list() for name in names}


async def test_a_lost_mirror_is_filled_anew_and_a_good_one_is_left_alone(registry: Registry) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    people = [UUID(str(one["_id"])) async for one in registry.people.collection.find({}).limit(3)]
    await change_person(registry, people[0], {"position": "новая"}, _ADMIN, None, now())
    company = (await registry.people.get(people[0])).company_id
    twins = await registry.people.collection.find({"company_id": company}).limit(2).to_list()
    await merge_people(registry, twins[0]["_id"], twins[1]["_id"], _ADMIN, None, now())
    client = registry.people.collection.database.client
    good = client[f"{_kept(registry).name}_good"]
    lost = client[f"{_kept(registry).name}_lost"]
    try:
        await _mirrored(good, await _taken_out(registry))
        before = {kind: await _kept(registry)[kind].count_documents({}) for kind in KINDS}
        announced = await republish_all(registry, most_waiting=_EVER)
        said = await _taken_out(registry)
        assert announced == sum(before.values())
        counted = Counter(event["type"] for event in said)
        assert counted.pop("helpdesk.person.merged.v1") == 1
        assert sum(counted.values()) == announced
        assert await _mirrored(good, said) == 0
        await _mirrored(lost, said)
        assert await _contents(lost) == await _contents(good)
    finally:
        await client.drop_database(good.name)
        await client.drop_database(lost.name)


async def test_it_changes_no_version_and_leaves_no_history(registry: Registry) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    stood = await registry.equipment.all_after(None, 1000)
    await republish_all(registry, most_waiting=_EVER)
    assert await registry.equipment.all_after(None, 1000) == stood
    assert len(await registry.equipment.history(stood[0].id, None, 10)) == 1


async def test_who_changes_meanwhile_says_so_and_is_not_contradicted(registry: Registry) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    (person, *_) = await registry.people.all_after(None, 1)
    before = person.event()
    await _taken_out(registry)
    await change_person(registry, person.id, {"phone": "112"}, _ADMIN, None, now())
    await registry.people.announce([(person, [before])], now())
    (said,) = await _taken_out(registry)
    assert (said["data"]["version"], said["data"]["phone"]) == (2, "112")


async def test_it_goes_on_where_it_was_cut_off(registry: Registry) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    await _taken_out(registry)
    everybody = await registry.people.all_after(None, 1000)
    middle = everybody[len(everybody) // 2].id
    async for _ in republish(registry, registry.people, now(), after=middle):
        pass
    said = [event["data"]["id"] for event in await _taken_out(registry)]
    assert sorted(said) == sorted(str(person.id) for person in everybody if person.id > middle)


async def test_things_from_before_are_found_by_todays_words(registry: Registry) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    await registry.people.collection.update_many({}, {"$set": {"search": ["старое"]}})
    await _kept(registry)["words"].delete_many({})
    fresh = Registry(registry.people.collection.database.client, _kept(registry))
    await republish_all(fresh, ("people",), most_waiting=_EVER)
    person = (await fresh.people.all_after(None, 1))[0]
    document = await _kept(registry)["people"].find_one({"_id": person.id})
    assert document is not None
    assert "старое" not in document["search"]
    assert await fresh.words.beginning_with(person.full_name.split()[0].lower()[:4])


async def test_the_command_runs_with_the_services_environment(registry: Registry, mongo_url: str) -> None:
    await seed_demo(registry, ZoneInfo("Europe/Moscow"))
    await _taken_out(registry)
    environment = {
        **os.environ,
        "HELPDESK_ENVIRONMENT": "local",
        "MONGODB_URL": mongo_url,
        "AMQP_URL": "amqp://nobody:nothing@127.0.0.1:9/",
        "PRINCIPAL_PUBLIC_KEY": base64.b64encode(bytes(32)).decode(),
        "MASTER_KEYS": MASTER_KEYS,
        "MONGODB_DATABASE": _kept(registry).name,
    }
    command = [sys.executable, "-m", "services.clients.republish", "contracts", "licences"]
    assert await _run(command, environment) == 0
    kinds = {event["type"] for event in await _taken_out(registry)}
    assert kinds == {"helpdesk.contract.saved.v1", "helpdesk.licence.saved.v1"}
    assert await _run([*command, "пусто"], environment) == 2


async def _run(command: list[str], environment: dict[str, str]) -> int:
    async with asyncio.timeout(60):
        return await (await asyncio.create_subprocess_exec(*command, env=environment)).wait()
