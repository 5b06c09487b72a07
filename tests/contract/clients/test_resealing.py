"""A company gets a new data key while its secrets are read and written: nobody notices, nothing is lost."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.mongo import Document
from services.clients.domain.vault.data_key import CompanyKey
from services.clients.reseal import reseal
from services.clients.store.seals import Seals
from tests.contract.clients.service import Service, somebody

_WHY = {"reason": "проверка нового ключа"}
_MANY = 40


async def _add(service: Service, company: dict[str, Any], label: str, **secrets: str) -> str:
    body = {"company_id": company["id"], "label": label, **secrets}
    return str((await service.call("POST", "/credentials", body)).body["id"])


async def _reveal(service: Service, key: str) -> dict[str, Any]:
    answer = await service.call("POST", f"/credentials/{key}/reveal", _WHY, who=somebody("admin"))
    assert answer.status == 200, answer.body
    shown: dict[str, Any] = answer.body
    return shown


async def _sealed_by(service: Service, company: UUID, key: CompanyKey) -> tuple[int, int]:
    """How many things the key opens, and how many there are."""
    opened = total = 0
    async for one in Seals(service.database).of_company(company):
        total += 1
        opened += all(not sealed or key.opens(one.owner, name, sealed) for name, sealed in one.fields.items())
    return opened, total


async def _document(service: Service, collection: str, key: str) -> Document:
    found: Document | None = await service.database[collection].find_one({"_id": UUID(key)})
    assert found
    return found


async def test_secrets_are_read_and_written_while_they_are_sealed_anew(service: Service) -> None:
    company = await service.company("ООО «Новый ключ»")
    company_id = UUID(company["id"])
    ids = [
        await _add(service, company, f"№ {n}", secret=f"тайна {n}", login=f"вход {n}") for n in range(_MANY)
    ]
    before = await service.registry.keys.of(company_id)
    old = CompanyKey(company_id, before.key)
    is_over = asyncio.Event()

    async def read() -> int:
        times = 0
        while not is_over.is_set() or times < 5:
            place = times * 7 % _MANY
            shown = await _reveal(service, ids[place])
            assert shown["login"] == f"вход {place}"
            assert shown["secret"] in (f"тайна {place}", f"новая {place}")
            times += 1
        return times

    async def write() -> None:
        for place in range(0, _MANY, 3):
            changed = await service.call("PATCH", f"/credentials/{ids[place]}", {"secret": f"новая {place}"})
            assert changed.status == 200, changed.body

    readers = [asyncio.create_task(read()) for _ in range(3)]
    writer = asyncio.create_task(write())
    assert await reseal(service.database, service.registry.keys, company_id) == 0
    await writer
    assert await reseal(service.database, service.registry.keys, company_id, is_new=False) == 0
    is_over.set()
    assert min(await asyncio.gather(*readers)) >= 5
    after = await service.registry.keys.of(company_id)
    assert after.key != before.key
    newest = CompanyKey(company_id, after.key)
    assert await _sealed_by(service, company_id, newest) == (_MANY, _MANY)
    assert (await _sealed_by(service, company_id, old))[0] == 0, (
        "who stole the old key reads nothing any more"
    )
    for place, key in enumerate(ids):
        expected = f"новая {place}" if place % 3 == 0 else f"тайна {place}"
        assert (await _reveal(service, key))["secret"] == expected


async def test_who_read_the_key_before_it_changed_loses_nothing(service: Service) -> None:
    company = await service.company("ООО «Опоздавший»")
    company_id = UUID(company["id"])
    key = await _add(service, company, "Шлюз", secret="прежняя")
    late = await service.registry.keys.of(company_id)
    await reseal(service.database, service.registry.keys, company_id)
    sealed = late.seal(UUID(key), "secret", "записанная поздно")
    await service.database["credentials"].update_one({"_id": UUID(key)}, {"$set": {"secret": sealed}})
    assert (await _reveal(service, key))["secret"] == "записанная поздно"
    await reseal(service.database, service.registry.keys, company_id, is_new=False)
    newest = CompanyKey(company_id, (await service.registry.keys.of(company_id)).key)
    assert await _sealed_by(service, company_id, newest) == (1, 1)


async def test_it_is_no_change_of_what_is_kept(service: Service) -> None:
    company = await service.company("ООО «Та же тайна»")
    key = await _add(service, company, "Сервер", secret="тайна", notes="заметка")
    licence = {"company_id": company["id"], "product": "Офис", "key": "AAAA-BBBB"}
    licence_id = (await service.call("POST", "/licences", licence)).body["id"]
    archived = await _add(service, company, "Бывший", secret="в архиве")
    await service.call("DELETE", f"/credentials/{archived}")
    things = [("credentials", key), ("licences", licence_id), ("credentials", archived)]
    before = [await _document(service, *thing) for thing in things]
    await reseal(service.database, service.registry.keys, UUID(company["id"]))
    after = [await _document(service, *thing) for thing in things]
    sealed = {
        "login",
        "secret",
        "totp_seed",
        "notes",
        "key",
        "trail",
        "trail_since",
        "outbox",
        "outbox_since",
    }
    for one, other in zip(before, after, strict=True):
        assert {name: one[name] for name in one.keys() - sealed} == {
            name: other[name] for name in other.keys() - sealed
        }
        assert one.get("secret", one.get("key")) != other.get("secret", other.get("key"))
    history = (await service.call("GET", f"/credentials/{key}/history")).body["items"]
    assert len(history) == 1
    assert (await _reveal(service, archived))["secret"] == "в архиве"
    shown = await service.call("POST", f"/licences/{licence_id}/reveal", _WHY, who=somebody("admin"))
    assert shown.body["key"] == "AAAA-BBBB"


async def test_what_does_not_open_stays_as_it_is_and_is_told(service: Service) -> None:
    company = await service.company("ООО «Повреждённое»")
    good, bad = [await _add(service, company, name, secret="цела") for name in ("Целый", "Битый")]
    await service.database["credentials"].update_one({"_id": UUID(bad)}, {"$set": {"secret": b"\x01" * 40}})
    assert await reseal(service.database, service.registry.keys, UUID(company["id"])) == 1
    assert (await _document(service, "credentials", bad))["secret"] == b"\x01" * 40
    assert (await _reveal(service, good))["secret"] == "цела"


async def test_a_company_that_sealed_nothing_gets_no_key(service: Service) -> None:
    nobody = new_id()
    assert await reseal(service.database, service.registry.keys, nobody) == 0
    assert await service.database["data_keys"].find_one({"_id": nobody}) is None


async def test_the_command_runs_with_the_services_environment(service: Service, mongo_url: str) -> None:
    company = await service.company("ООО «Команда»")
    key = await _add(service, company, "Роутер", secret="по команде")
    kept = service.database["data_keys"]
    before = await kept.find_one({"_id": UUID(company["id"])})
    masters = service.registry.keys.masters.keys
    environment = {
        **os.environ,
        "HELPDESK_ENVIRONMENT": "local",
        "MONGODB_URL": mongo_url,
        "MONGODB_DATABASE": service.database.name,
        "AMQP_URL": "amqp://nobody:nothing@127.0.0.1:9/",
        "PRINCIPAL_PUBLIC_KEY": base64.b64encode(bytes(32)).decode(),
        "MASTER_KEYS": ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in masters.items()),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.clients.reseal", company["id"],
        env=environment, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    assert "1 of 1 companies" in said.decode()
    after = await kept.find_one({"_id": UUID(company["id"])})
    assert before
    assert after
    assert (len(after["former"]), after["wrapped"] != before["wrapped"]) == (1, True)
    assert (await _reveal(service, key))["secret"] == "по команде"
