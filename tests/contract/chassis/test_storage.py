"""MongoDB's part: the inbox, the wake-up, transactions, on a real replica set."""

from __future__ import annotations

import asyncio
import random
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from pymongo.errors import DuplicateKeyError

from chassis.inbox import save_if_newer
from chassis.mongo import (
    Client,
    Collection,
    Database,
    Session,
    connect,
    database,
    in_transaction,
    insert_each,
)
from chassis.problems import OUTAGES
from chassis.wakeup import Wakeup
from tests.contract.chassis.conftest import through
from tests.contract.chassis.rig import until
from tests.contract.chassis.tcp_proxy import TcpProxy


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
async def test_the_newest_version_wins_in_whatever_order_they_come(
    kept: Database, order: tuple[int, ...]
) -> None:
    key = uuid4()
    for version in (*order, *order):
        await save_if_newer(kept["mirror"], key, version, {"name": f"v{version}"})
    assert await kept["mirror"].find_one() == {"_id": key, "name": "v3", "version": 3}


async def test_a_version_is_new_once(kept: Database) -> None:
    key = uuid4()
    assert await save_if_newer(kept["mirror"], key, 2, {})
    assert not await save_if_newer(kept["mirror"], key, 2, {"name": "again"})
    assert not await save_if_newer(kept["mirror"], key, 1, {"name": "late"})
    assert await save_if_newer(kept["mirror"], key, 3, {"name": "new"})


async def test_versions_that_come_all_at_once_leave_the_newest(kept: Database) -> None:
    keys = [uuid4() for _ in range(5)]
    said = [(key, version) for key in keys for version in [*range(1, 21), *range(1, 21)]]
    random.Random(7).shuffle(said)
    await asyncio.gather(*(save_if_newer(kept["mirror"], k, v, {"name": f"v{v}"}) for k, v in said))
    found = await kept["mirror"].find().to_list()
    assert {(document["version"], document["name"]) for document in found} == {(20, "v20")}
    assert len(found) == 5


async def test_whoever_waits_for_a_document_wakes_at_its_change(kept: Database) -> None:
    one, other = uuid4(), uuid4()
    await kept["things"].insert_many([{"_id": one}, {"_id": other}])
    wakeup = Wakeup(kept["things"], {"operationType": "update"}, lambda: True)
    watching = asyncio.create_task(wakeup.run())
    await wakeup.for_any(30)
    waiting = [asyncio.create_task(wakeup.for_document(key, 60)) for key in (one, one, other)]
    await asyncio.sleep(0)
    await kept["things"].update_one({"_id": one}, {"$set": {"a": 1}})
    async with asyncio.timeout(30):
        await asyncio.gather(*waiting[:2])
    assert not waiting[2].done()
    await kept["things"].update_one({"_id": other}, {"$set": {"a": 1}})
    async with asyncio.timeout(30):
        await waiting[2]
    assert not wakeup._waiting
    watching.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(watching, return_exceptions=True)


async def test_who_waits_in_vain_goes_on_and_leaves_nothing(kept: Database) -> None:
    wakeup = Wakeup(kept["things"], {})
    await wakeup.for_document(uuid4(), 0.01)
    await wakeup.for_any(0.01)
    assert not wakeup._waiting


async def test_who_comes_first_opens_the_stream_and_who_goes_last_closes_it(kept: Database) -> None:
    key = uuid4()
    await kept["things"].insert_one({"_id": key})
    wakeup = Wakeup(kept["things"], {"operationType": "update"})
    watching = asyncio.create_task(wakeup.run())
    async with asyncio.timeout(30):
        # Told when the stream opens, for what came before it is not in it; then when the document changes.
        await wakeup.for_document(key, 60)
        waiting = asyncio.create_task(wakeup.for_document(key, 60))
        await asyncio.sleep(0)
        await kept["things"].update_one({"_id": key}, {"$set": {"a": 1}})
        await waiting
    watching.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(watching, return_exceptions=True)


async def test_what_one_did_oneself_is_told_without_a_stream(kept: Database) -> None:
    key = uuid4()
    wakeup = Wakeup(kept["things"], {}, lambda: False)
    waiting = asyncio.create_task(wakeup.for_document(key, 60))
    await asyncio.sleep(0)
    wakeup.tell(key)
    async with asyncio.timeout(30):
        await waiting


async def test_watching_goes_on_after_an_outage(mongo_url: str, mongo_proxy: TcpProxy) -> None:
    direct = through(mongo_proxy, mongo_url).replace("replicaSet=rs0", "directConnection=true")
    client = connect(direct)
    things = database(client, f"chassis_{uuid4().hex[:10]}")["things"]
    wakeup = Wakeup(things, {}, lambda: True)
    watching = asyncio.create_task(wakeup.run())
    await wakeup.for_any(30)
    await mongo_proxy.cut()
    with pytest.raises(OUTAGES):
        await things.insert_one({})
    await mongo_proxy.open()
    await until(lambda: _woken_by_an_insert(wakeup, things))
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await client.drop_database(things.database.name)
    await client.close()


async def _woken_by_an_insert(wakeup: Wakeup, things: Collection) -> bool:
    wakeup.clear()
    try:
        await things.insert_one({})
    except OUTAGES:
        return False
    await wakeup.for_any(1)
    return wakeup._any.is_set()


async def _two_things(kept: Database) -> None:
    await kept.create_collection("things")
    await kept["things"].insert_many([{"_id": n, "n": 0} for n in range(2)])


async def test_a_transaction_is_all_or_nothing(client: Client, kept: Database) -> None:
    await _two_things(kept)

    async def half(session: Session) -> None:
        await kept["things"].update_one({"_id": 0}, {"$set": {"n": 1}}, session=session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await in_transaction(client, half)
    assert await kept["things"].count_documents({"n": 0}) == 2


async def test_transactions_that_collide_are_all_done_once(client: Client, kept: Database) -> None:
    await _two_things(kept)

    async def both(session: Session) -> None:
        for n in range(2):
            await kept["things"].update_one({"_id": n}, {"$inc": {"n": 1}}, session=session)

    await asyncio.gather(*(in_transaction(client, both) for _ in range(30)))
    assert [thing["n"] async for thing in kept["things"].find()] == [30, 30]


async def test_a_duplicate_in_a_transaction_is_told_and_undoes_it(client: Client, kept: Database) -> None:
    await _two_things(kept)

    async def twice(session: Session) -> None:
        await kept["things"].insert_one({"_id": 7}, session=session)
        await kept["things"].insert_one({"_id": 0}, session=session)

    with pytest.raises(DuplicateKeyError):
        await in_transaction(client, twice)
    assert await kept["things"].count_documents({}) == 2


async def test_writes_wait_for_the_majority_and_the_journal(kept: Database) -> None:
    assert kept["things"].write_concern.document == {"w": "majority", "j": True}


async def test_a_commit_that_finds_no_mongodb_is_given_up(
    mongo_url: str, mongo_proxy: TcpProxy, client: Client, kept: Database
) -> None:
    """The driver alone would try for two minutes."""
    direct = through(mongo_proxy, mongo_url).replace("replicaSet=rs0", "directConnection=true")
    detoured = connect(direct)
    things = database(detoured, kept.name)["things"]
    await things.insert_one({"_id": 0})
    begun: list[Any] = []

    async def cut_off(session: Session) -> None:
        begun.append(session.session_id)
        await things.insert_one({"_id": 1}, session=session)
        await mongo_proxy.cut()

    async with asyncio.timeout(60):
        with pytest.raises(OUTAGES):
            await in_transaction(detoured, cut_off)
    await detoured.close()
    # What nobody ends keeps its locks for a minute.
    await client.admin.command("killSessions", [begun[0]])
    assert await kept["things"].count_documents({}) == 1


async def test_what_keeps_one_document_out_keeps_out_no_other(kept: Database) -> None:
    things = kept["things"]
    await things.create_index([("name", 1)], unique=True)
    await things.insert_one({"_id": 1, "name": "one"})
    one, two, again, three = await insert_each(
        things,
        [{"_id": 1, "name": "new"}, {"_id": 2, "name": "two"}, {"_id": 4, "name": "one"}, {"_id": 3}],
    )
    assert two is None
    assert three is None
    assert isinstance(one, DuplicateKeyError)
    assert isinstance(again, DuplicateKeyError)
    assert [(mistake.details or {})["keyPattern"] for mistake in (one, again)] == [{"_id": 1}, {"name": 1}]
    assert await things.distinct("_id") == [1, 2, 3]
