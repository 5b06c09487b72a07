"""What comes to its end: the list, the events once each, the gauge."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import new_id, now
from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.licence import Licence
from services.clients.domain.term import day_of
from services.clients.store import Registry
from services.clients.use_cases.tell_terms import tell_terms
from tests.contract.clients.service import SPECIALIST, Service, somebody

_TODAY = date(2026, 11, 23)


@pytest.fixture
async def company(registry: Registry) -> Company:
    company = Company(id=new_id(), name="ООО «Срок»", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    return company


async def _licence(registry: Registry, company: Company, days: int, **fields: Any) -> Licence:
    licence = Licence(
        id=new_id(),
        company_id=company.id,
        product="Антивирус",
        valid_until=_TODAY + timedelta(days=days),
        created_at=now(),
        updated_at=now(),
        **fields,
    )
    await registry.licences.add(licence, licence.take_events())
    return licence


async def _contract(registry: Registry, company: Company, first: int, last: int | None) -> Contract:
    contract = Contract(
        id=new_id(),
        company_id=company.id,
        number="7",
        valid_from=_TODAY + timedelta(days=first),
        valid_to=None if last is None else _TODAY + timedelta(days=last),
        created_at=now(),
        updated_at=now(),
    )
    await registry.contracts.add(contract, contract.take_events())
    return contract


async def _said(registry: Registry, what: str = "licences") -> list[tuple[int, int]]:
    """(days before, days left) of what was said, in order."""
    collection = getattr(registry, what).collection
    said = []
    async for document in collection.find({}).sort("_id", 1):
        for pending in document["outbox"]:
            if pending["type"] == "helpdesk.licence.expiring.v1":
                data = json.loads(pending["body"])["data"]
                said.append((data["days_before"], data["days_left"]))
    return said


async def test_an_end_is_said_thirty_and_seven_days_before_and_on_the_day(
    registry: Registry, company: Company
) -> None:
    await _licence(registry, company, 40)
    for day in range(60):
        await tell_terms(registry, _TODAY + timedelta(days=day), now())
    assert await _said(registry) == [(30, 30), (7, 7), (0, 0)]


async def test_what_was_missed_is_said_when_somebody_looks_again(
    registry: Registry, company: Company
) -> None:
    await _licence(registry, company, 40)
    for day in (0, 12, 37, 44, 45):
        await tell_terms(registry, _TODAY + timedelta(days=day), now())
    assert await _said(registry) == [(30, 28), (7, 3), (0, -4)]


async def test_after_a_long_silence_only_the_most_urgent_is_said(
    registry: Registry, company: Company
) -> None:
    await _licence(registry, company, 5)
    assert await tell_terms(registry, _TODAY, now()) == 1
    assert await tell_terms(registry, _TODAY, now()) == 0
    assert await _said(registry) == [(7, 5)]


async def test_history_is_not_news(registry: Registry, company: Company) -> None:
    await _licence(registry, company, -31)
    await _licence(registry, company, 31)
    await _licence(registry, company, 10, archived=True)
    assert await tell_terms(registry, _TODAY, now()) == 0


async def test_several_replicas_say_it_once(registry: Registry, company: Company) -> None:
    for _ in range(120):
        await _licence(registry, company, 7)
    await asyncio.gather(*(tell_terms(registry, _TODAY, now()) for _ in range(4)))
    assert await _said(registry) == [(7, 7)] * 120


async def test_a_prolonged_term_ends_anew(registry: Registry, company: Company) -> None:
    licence = await _licence(registry, company, 7)
    await tell_terms(registry, _TODAY, now())
    licence = await registry.licences.get(licence.id)
    licence.change({"valid_until": _TODAY + timedelta(days=30)}, now())
    await registry.licences.save(licence, licence.take_events())
    await tell_terms(registry, _TODAY, now())
    assert await _said(registry) == [(7, 7), (30, 30)]


async def test_a_change_at_the_same_time_does_not_make_it_said_again(
    registry: Registry, company: Company
) -> None:
    licence = await _licence(registry, company, 7)
    await tell_terms(registry, _TODAY, now())
    licence.change({"notes": "прочитано до того, как было сказано"}, now())
    await registry.licences.save(licence, licence.take_events())
    assert await tell_terms(registry, _TODAY, now()) == 0


async def test_a_contract_that_goes_on_in_another_comes_to_no_end(
    registry: Registry, company: Company
) -> None:
    await _contract(registry, company, -300, 6)
    await _contract(registry, company, 7, 20)
    assert await tell_terms(registry, _TODAY, now()) == 1
    assert await _said(registry, "contracts") == [(30, 20)]
    assert await registry.terms.count("contract", _TODAY, _TODAY + timedelta(days=30)) == 1


async def test_of_an_archived_company_nothing_is_said(registry: Registry, company: Company) -> None:
    await _licence(registry, company, 7)
    company.change({"archived": True}, now())
    await registry.companies.save(company, company.take_events())
    assert await tell_terms(registry, _TODAY, now()) == 0


async def test_a_new_day_begins_at_midnight_where_we_work() -> None:
    at = now().replace(year=2026, month=11, day=22, hour=21, minute=30)
    assert day_of(at, ZoneInfo("Europe/Moscow")) == _TODAY


async def test_one_list_shows_what_ends_for_all_clients(service: Service) -> None:
    mine, other = await service.company("Сроки А"), await service.company("Сроки Б")
    today = day_of(now(), ZoneInfo("Europe/Moscow"))
    ends = {days: (today + timedelta(days=days)).isoformat() for days in (-40, -5, 0, 10, 29, 31)}
    for company in (mine, other):
        for days, valid_until in ends.items():
            body = {"company_id": company["id"], "product": f"Через {days}", "valid_until": valid_until}
            assert (await service.call("POST", "/licences", body)).status == 201
        body = {"company_id": company["id"], "number": "15", "valid_from": ends[-40], "valid_to": ends[10]}
        assert (await service.call("POST", "/contracts", body)).status == 201
    path = f"/terms?within=30&company={mine['id']}"
    items = (await service.call("GET", path, who=SPECIALIST)).body["items"]
    assert [item["days_left"] for item in items] == [-5, 0, 10, 10, 29]
    assert sorted(item["kind"] for item in items) == ["contract"] + ["licence"] * 4
    assert {item["company"]["name"] for item in items} == {"Сроки А"}
    limited = somebody("specialist", mine["id"])
    seen, cursor = [], ""
    while cursor is not None:
        page = (await service.call("GET", f"/terms?limit=2&cursor={cursor}", who=limited)).body
        seen += page["items"]
        cursor = page["next"]
    assert seen == items
    foreign = await service.call("GET", f"/terms?company={other['id']}", who=limited)
    assert foreign.body == {"items": [], "next": None}
    only = await service.call("GET", f"{path}&kind=contract")
    assert [item["name"] for item in only.body["items"]] == ["15"]


@pytest.mark.parametrize(
    "query",
    [
        "within=-1",
        "within=99999",
        "within=x",
        "kind=secret",
        "company=1",
        "ended[$gt]=",
        "sort=key",
        "cursor=x",
    ],
)
async def test_a_query_of_terms_that_is_not_offered_is_refused(service: Service, query: str) -> None:
    assert (await service.call("GET", f"/terms?{query}")).status == 422
