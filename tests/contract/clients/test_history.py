"""Histories over HTTP: who changed what, whatever it is and however it was changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from chassis.clock import new_id, now
from services.clients.domain.company import Company
from services.clients.domain.errors import ConflictError
from services.clients.store import Registry
from tests.contract.clients.service import ADMIN, Service, eventually, somebody
from tests.contract.clients.tables.files import applied, previewed, rows_of, unique

_DISPATCHER = somebody("dispatcher")
_BY_DISPATCHER = {"kind": "staff", "id": str(_DISPATCHER.id), "full_name": "Кто-то"}


async def _history(service: Service, path: str, query: str = "") -> list[dict[str, Any]]:
    answer = await service.call("GET", f"{path}/history{query}")
    assert answer.status == 200, answer.body
    items: list[dict[str, Any]] = answer.body["items"]
    return items


def _told(entry: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {change["field"]: (change["before"], change["after"]) for change in entry["changes"]}


_THINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("people", {"full_name": "Имя"}, {"phone": "112"}),
    ("equipment", {"name": "ПК", "kind": "workstation"}, {"place": "Склад"}),
    ("licences", {"product": "Офис"}, {"seats": 5}),
    ("contracts", {"number": "1", "valid_from": "2026-01-01"}, {"rate": 100}),
]


@pytest.mark.parametrize(("what", "body", "patch"), _THINGS)
async def test_whatever_is_kept_remembers_who_did_what(
    service: Service, what: str, body: dict[str, Any], patch: dict[str, Any]
) -> None:
    company = await service.company()
    made = await service.call("POST", f"/{what}", {"company_id": company["id"], **body}, who=_DISPATCHER)
    path = f"/{what}/{made.body['id']}"
    assert (await service.call("PATCH", path, patch, who=ADMIN)).status == 200
    assert (await service.call("PATCH", path, patch, who=ADMIN)).status == 200
    assert (await service.call("DELETE", path, who=_DISPATCHER)).status == 204
    archived, changed, first = await _history(service, path)
    assert [entry["version"] for entry in (archived, changed, first)] == [3, 2, 1]
    assert (first["by"], archived["by"]) == (_BY_DISPATCHER, _BY_DISPATCHER)
    assert changed["by"]["id"] == str(ADMIN.id)
    ((field, value),) = patch.items()
    assert _told(changed) == {field: (made.body[field], value)}
    assert _told(archived) == {"archived": (False, True)}
    assert _told(first)["company_id"] == (None, company["id"])
    assert changed["at"] >= first["at"]


async def test_a_company_has_one_too_and_names_are_said_beside_the_ids(service: Service) -> None:
    company = await service.company("ООО «История»", notes="было")
    await service.call("PATCH", f"/companies/{company['id']}", {"notes": "стало"})
    changed, first = await _history(service, f"/companies/{company['id']}")
    assert _told(changed) == {"notes": ("было", "стало")}
    assert _told(first) == {"name": (None, "ООО «История»"), "notes": ("", "было")}
    person = await service.person(company, "Пользователь")
    body = {"company_id": company["id"], "kind": "server", "name": "С", "person_id": person["id"]}
    piece = (await service.call("POST", "/equipment", body)).body
    page = (await service.call("GET", f"/equipment/{piece['id']}/history")).body
    assert page["names"] == {person["id"]: "Пользователь", company["id"]: "ООО «История»"}


async def test_an_enrolment_is_the_persons_own_and_shows_no_token(service: Service) -> None:
    company = await service.company()
    enrolled = (await service.enrol(await service.code(company))).body
    path = f"/devices/{enrolled['device_id']}"
    await service.call("DELETE", path, who=_DISPATCHER)
    revoked, first = await _history(service, path)
    assert (first["by"]["kind"], first["by"]["id"]) == ("person", enrolled["person"]["id"])
    assert (revoked["by"], _told(revoked)) == (_BY_DISPATCHER, {"revoked": (False, True)})
    said = str([revoked, first])
    assert enrolled["token"] not in said
    assert enrolled["token_hash"] not in said
    (person,) = await _history(service, f"/people/{enrolled['person']['id']}")
    assert person["by"]["kind"] == "person"


async def test_what_a_device_learns_is_the_systems_doing(service: Service) -> None:
    company = await service.company()
    enrolled = (await service.enrol(await service.code(company))).body
    await service.call("PATCH", f"/companies/{company['id']}", {"screenshots_allowed": False})

    async def learned() -> dict[str, Any] | None:
        entries = await _history(service, f"/devices/{enrolled['device_id']}")
        return entries[0] if len(entries) == 2 else None

    entry = await eventually(learned)
    assert (entry["by"]["kind"], _told(entry)) == ("system", {"screenshots_allowed": (True, False)})


async def test_an_imported_row_is_the_importers_doing(service: Service) -> None:
    name = unique("ООО Импорт")
    await service.company(name)
    job = await previewed(service, "people", f"ФИО;Компания\nИмпортированный Пётр;{name}\n")
    done = await applied(service, job)
    (entry,) = await _history(service, f"/people/{(await rows_of(service, done))[0]['id']}")
    assert (entry["by"]["kind"], entry["by"]["id"]) == ("import", str(ADMIN.id))


async def test_pages_go_on_where_they_ended_and_nothing_is_lost_while_entries_move(service: Service) -> None:
    company = await service.company()
    path = f"/companies/{company['id']}"
    for number in range(12):
        await service.call("PATCH", path, {"notes": str(number)})
        entries = await _history(service, path, "?limit=200")
        assert [entry["version"] for entry in entries] == list(range(number + 2, 0, -1))
    seen, cursor = [], ""
    while cursor is not None:
        page = (await service.call("GET", f"{path}/history?limit=5&cursor={cursor}")).body
        seen += [entry["version"] for entry in page["items"]]
        cursor = page["next"]
    assert seen == list(range(13, 0, -1))


async def _kept(registry: Registry) -> Company:
    company = Company(id=new_id(), name="ООО «Ход»", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    return company


async def _changed(registry: Registry, company: Company, times: int) -> None:
    for _ in range(times):
        company.change({"notes": str(company.version)}, now())
        await registry.companies.save(company, company.take_events())


async def _versions(registry: Registry, company: Company) -> list[int]:
    return [entry.version for entry in await registry.companies.history(company.id, None, 200)]


async def test_entries_move_once_however_many_move_them_and_whenever_they_are_cut_off(
    registry: Registry,
) -> None:
    company = await _kept(registry)
    await _changed(registry, company, 5)
    kept = registry.companies.collection.database["history"]
    # Somebody copied the first ones, and did not live to take them out.
    document = await registry.companies.collection.find_one({"_id": company.id})
    assert document is not None
    await kept.insert_many([{**entry, "thing": company.id} for entry in document["trail"][:3]])
    moves: list[Callable[[], Awaitable[Any]]] = [registry.move_entries] * 4
    await asyncio.gather(*(move() for move in moves), _changed(registry, company, 20))
    assert await _versions(registry, company) == list(range(26, 0, -1))
    while await registry.move_entries():
        pass
    assert await kept.count_documents({"thing": company.id}) == 26
    left = await registry.companies.collection.find_one({"_id": company.id})
    assert left is not None
    assert not {"trail", "trail_since"} & set(left)
    assert await _versions(registry, company) == list(range(26, 0, -1))


async def test_a_change_that_collides_leaves_no_entry(registry: Registry) -> None:
    company = await _kept(registry)
    late = company.model_copy(deep=True)
    await _changed(registry, company, 1)
    with pytest.raises(ConflictError):
        await _changed(registry, late, 1)
    assert await _versions(registry, company) == [2, 1]


async def test_the_history_of_what_is_not_yours_is_not_there(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    who = somebody("specialist", mine["id"])
    things = [f"/companies/{other['id']}"]
    for what, body, _ in _THINGS:
        made = await service.call("POST", f"/{what}", {"company_id": other["id"], **body})
        things.append(f"/{what}/{made.body['id']}")
    for path in things:
        foreign = await service.call("GET", f"{path}/history", who=who)
        absent = await service.call("GET", f"{path.rpartition('/')[0]}/{new_id()}/history", who=who)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=e30", "version=1"])
async def test_a_query_that_is_not_offered_is_refused(service: Service, query: str) -> None:
    company = await service.company()
    assert (await service.call("GET", f"/companies/{company['id']}/history?{query}")).status == 422
