"""What is known around a ticket, in one answer whose parts stand each on their own."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, NoReturn

import pytest

from chassis.clock import new_id, now
from services.clients.store.licences import Licences
from tests.contract.clients.service import SPECIALIST, Service, somebody


async def _seen(service: Service, company: dict[str, Any], **query: Any) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    answer = await service.call("GET", f"/companies/{company['id']}/context?{asked}", who=SPECIALIST)
    assert answer.status == 200
    body: dict[str, Any] = answer.body
    return body


async def _licence(service: Service, company: dict[str, Any], product: str, **fields: Any) -> None:
    body = {"company_id": company["id"], "product": product, **fields}
    assert (await service.call("POST", "/licences", body)).status == 201


async def _piece(service: Service, company: dict[str, Any], kind: str, name: str, **fields: Any) -> str:
    body = {"company_id": company["id"], "kind": kind, "name": name, **fields}
    made = await service.call("POST", "/equipment", body)
    assert made.status == 201
    return str(made.body["id"])


async def test_person_company_contract_and_licences_come_at_once(service: Service) -> None:
    company = await service.company("ООО «Контекст»")
    person = await service.person(company, "Иванова Мария")
    contract = {
        "company_id": company["id"],
        "number": "7",
        "valid_from": "2020-01-01",
        "included_minutes": 600,
    }
    assert (await service.call("POST", "/contracts", contract)).status == 201
    soon = (now() + timedelta(days=5)).date().isoformat()
    for kind, name, user in (
        ("camera", "Камера", None),
        ("router", "Роутер", None),
        ("phone", "Её телефон", person["id"]),
    ):
        await _piece(service, company, kind, name, person_id=user)
    asked = await _piece(service, company, "printer", "Принтер")
    for label, fields in (
        ("Чужая почта", {"person_id": (await service.person(company, "Другой"))["id"]}),
        ("Роутер", {}),
        ("Её почта", {"person_id": person["id"]}),
        ("Панель принтера", {"equipment_id": asked}),
    ):
        body = {"company_id": company["id"], "label": label, "secret": "тайна-контекста", **fields}
        assert (await service.call("POST", "/credentials", body)).status == 201
    await _licence(service, company, "Архиватор")
    await _licence(service, company, "Антивирус", valid_until=soon)
    await _licence(service, company, "Офис", people=[person["id"]])
    seen = await _seen(service, company, person=person["id"], equipment=asked)
    assert seen["company"] == (await service.call("GET", f"/companies/{company['id']}")).body
    assert seen["person"] == (await service.call("GET", f"/people/{person['id']}")).body
    assert seen["contract"]["contract"]["number"] == "7"
    assert [one["name"] for one in seen["equipment"]] == ["Принтер", "Её телефон", "Роутер"]
    labels = [one["label"] for one in seen["credentials"]]
    assert labels == ["Панель принтера", "Её почта", "Роутер", "Чужая почта"]
    assert "тайна-контекста" not in json.dumps(seen, ensure_ascii=False)
    assert [one["product"] for one in seen["licences"]] == ["Офис", "Антивирус", "Архиватор"]


async def test_what_is_not_there_is_empty_and_nobody_of_another_company_is_shown(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    stranger = await service.person(other, "Чужой Иван")
    foreign = await _piece(service, other, "server", "Чужой сервер")
    seen = await _seen(service, mine, person=stranger["id"], equipment=foreign)
    assert seen["equipment"] == []
    assert (seen["person"], seen["contract"]["contract"], seen["licences"]) == (None, None, [])


async def test_a_company_that_is_not_there_and_one_that_is_not_yours_answer_alike(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    who = somebody("specialist", mine["id"])
    foreign = await service.call("GET", f"/companies/{other['id']}/context", who=who)
    absent = await service.call("GET", f"/companies/{new_id()}/context", who=who)
    nowhere = await service.call("GET", f"/companies/{new_id()}/context")
    assert (foreign.status, absent.status, nowhere.status) == (404, 404, 404)
    assert foreign.body == absent.body == nowhere.body
    assert (await service.call("GET", f"/companies/{mine['id']}/context", who=who)).status == 200


async def test_a_part_that_fails_leaves_the_others(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    company = await service.company("ООО «Стойкая»")

    async def fail(*_: object) -> NoReturn:
        raise RuntimeError("its index is being built")

    monkeypatch.setattr(Licences, "page", fail)
    seen = await _seen(service, company)
    assert seen["licences"] is None
    assert seen["company"]["name"] == "ООО «Стойкая»"


@pytest.mark.parametrize("query", ["person=1", "equipment[$ne]=", "x=1"])
async def test_what_is_not_offered_is_refused(service: Service, query: str) -> None:
    company = await service.company()
    assert (await service.call("GET", f"/companies/{company['id']}/context?{query}")).status == 422


async def test_a_router_is_beside_the_ticket_however_many_access_points_there_are(service: Service) -> None:
    company = await service.company("ООО «Много точек»")
    for number in range(12):
        await _piece(service, company, "access_point", f"AP {number:02d}")
    await _piece(service, company, "router", "Роутер")
    seen = await _seen(service, company)
    assert [piece["name"] for piece in seen["equipment"]][:2] == ["Роутер", "AP 00"]
