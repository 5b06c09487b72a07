"""Contracts over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Service, somebody


def contract(company: dict[str, Any], first: str, last: str | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "company_id": company["id"],
        "number": "12-2026",
        "valid_from": first,
        "valid_to": last,
        "included_minutes": 600,
        "rate": 250_000,
        **fields,
    }


async def test_a_contract_is_kept_announced_and_read_again(service: Service) -> None:
    company = await service.company("ООО «Договор»")
    made = await service.call("POST", "/contracts", contract(company, "2020-01-01", "2020-12-31"))
    assert made.status == 201
    assert made.headers["ETag"] == '"1"'
    assert made.body["company"] == {"id": company["id"], "name": "ООО «Договор»"}
    assert (made.body["included_minutes"], made.body["rate"], made.body["state"]) == (600, 250_000, "over")
    assert made.body["additional_rate"] is None
    assert made.body["days_left"] < 0
    assert (await service.call("GET", f"/contracts/{made.body['id']}", who=SPECIALIST)).body == made.body
    (event,) = await service.events("contracts", made.body["id"])
    assert event["type"] == "helpdesk.contract.saved.v1"
    assert (event["data"]["version"], event["data"]["valid_to"]) == (1, "2020-12-31")


async def test_periods_of_one_company_do_not_meet(service: Service) -> None:
    company, other = await service.company(), await service.company()
    first = await service.call("POST", "/contracts", contract(company, "2026-01-01", "2026-12-31"))
    meeting = await service.call("POST", "/contracts", contract(company, "2026-12-31"))
    assert (meeting.status, meeting.fields) == (422, ["valid_from"])
    assert "12-2026" in meeting.body["detail"]
    next_one = await service.call("POST", "/contracts", contract(company, "2027-01-01"))
    assert next_one.status == 201
    assert (await service.call("POST", "/contracts", contract(other, "2026-06-01"))).status == 201
    longer = await service.call("PATCH", f"/contracts/{first.body['id']}", {"valid_to": None})
    assert (longer.status, longer.fields) == (422, ["valid_from"])
    assert (await service.call("GET", f"/contracts/{first.body['id']}")).body == first.body


async def test_of_many_at_once_for_the_same_days_one_is_kept(service: Service) -> None:
    company = await service.company()
    answers = await asyncio.gather(
        *(service.call("POST", "/contracts", contract(company, "2026-01-01")) for _ in range(8))
    )
    assert sorted(answer.status for answer in answers) == [201] + [422] * 7


async def test_the_same_key_makes_one_contract(service: Service) -> None:
    company = await service.company()
    key = str(new_id())
    body = contract(company, "2026-01-01")
    answers = await asyncio.gather(
        *(service.call("POST", "/contracts", body, Idempotency_Key=key) for _ in range(4))
    )
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    other = await service.call("POST", "/contracts", {**body, "rate": 1}, Idempotency_Key=key)
    assert other.status == 409


async def test_an_archived_contract_makes_room_and_cannot_come_back_into_it(service: Service) -> None:
    company = await service.company()
    first = (await service.call("POST", "/contracts", contract(company, "2026-01-01"))).body
    assert (await service.call("DELETE", f"/contracts/{first['id']}", If_Match='"1"')).status == 204
    assert (await service.call("POST", "/contracts", contract(company, "2026-03-01"))).status == 201
    back = await service.call("PATCH", f"/contracts/{first['id']}", {"archived": False})
    assert (back.status, back.fields) == (422, ["valid_from"])
    listed = await service.call("GET", f"/contracts?company={company['id']}&archived=true")
    assert [item["id"] for item in listed.body["items"]] == [first["id"]]


async def test_a_late_change_learns_what_stands_otherwise(service: Service) -> None:
    company = await service.company()
    made = (await service.call("POST", "/contracts", contract(company, "2026-01-01"))).body
    path = f"/contracts/{made['id']}"
    assert (await service.call("PATCH", path, {"rate": 1, "notes": "да"}, If_Match='"1"')).status == 200
    late = await service.call("PATCH", path, {"rate": 2, "valid_to": "2026-02-01"}, If_Match='"1"')
    assert (late.status, sorted(late.fields)) == (409, ["rate", "valid_to"])
    assert late.body["current"] == {"rate": 1, "valid_to": None}


async def test_what_holds_on_a_day_is_told(service: Service) -> None:
    company = await service.company()
    made = (await service.call("POST", "/contracts", contract(company, "2026-01-01", "2026-06-30"))).body
    path = f"/companies/{company['id']}/contract"
    on = await service.call("GET", f"{path}?on=2026-06-30", who=SPECIALIST)
    assert (on.body["day"], on.body["contract"]["id"]) == ("2026-06-30", made["id"])
    assert (await service.call("GET", f"{path}?on=2026-07-01")).body["contract"] is None
    assert (await service.call("GET", path)).status == 200
    assert (await service.call("GET", path, who=somebody("specialist", str(new_id())))).status == 404


async def test_only_who_keeps_companies_keeps_contracts(service: Service) -> None:
    company = await service.company()
    refused = await service.call("POST", "/contracts", contract(company, "2026-01-01"), who=SPECIALIST)
    assert refused.status == 403
    made = (await service.call("POST", "/contracts", contract(company, "2026-01-01"))).body
    for method, body in (("PATCH", {"rate": 1}), ("DELETE", None)):
        refused = await service.call(method, f"/contracts/{made['id']}", body, who=SPECIALIST)
        assert refused.status == 403


async def test_contracts_of_other_companies_leave_no_trace(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    hidden = (await service.call("POST", "/contracts", contract(other, "2026-01-01"))).body
    limited = somebody("manager", mine["id"])
    listed = await service.call("GET", f"/contracts?company={other['id']}", who=limited)
    assert listed.body == {"items": [], "next": None}
    for method, body in (("GET", None), ("PATCH", {"rate": 5}), ("DELETE", None)):
        foreign = await service.call(method, f"/contracts/{hidden['id']}", body, who=limited)
        absent = await service.call(method, f"/contracts/{new_id()}", body, who=limited)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body
    foreign = await service.call("POST", "/contracts", contract(other, "2030-01-01"), who=limited)
    absent = await service.call(
        "POST", "/contracts", contract({"id": str(new_id())}, "2030-01-01"), who=limited
    )
    assert foreign.status == absent.status == 422
    assert foreign.body == absent.body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("valid_from", "23.11.2026"),
        ("valid_from", "0000-01-01"),
        ("valid_from", "9999-12-31"),
        ("valid_from", None),
        ("valid_from", 0),
        ("valid_to", {"$gt": ""}),
        ("valid_to", "2026-01-01T00:00:00Z"),
        ("included_minutes", -1),
        ("included_minutes", 10**30),
        ("included_minutes", 1.5),
        ("included_minutes", "60"),
        ("included_minutes", True),
        ("rate", -1),
        ("rate", 10**12),
        ("number", ""),
        ("number", {"$ne": ""}),
        ("number", "x" * 61),
        ("plan_id", "x"),
        ("notes", None),
        ("state", "current"),
        ("version", 1),
        ("$set", {"rate": 0}),
    ],
)
async def test_what_is_no_contract_is_refused(service: Service, field: str, value: Any) -> None:
    company = await service.company()
    bad = await service.call("POST", "/contracts", {**contract(company, "2026-01-01"), field: value})
    assert bad.status == 422, bad.body
    made = (await service.call("POST", "/contracts", contract(company, "2026-01-01"))).body
    path = f"/contracts/{made['id']}"
    if (field, value) != ("valid_to", None):
        assert (await service.call("PATCH", path, {field: value})).status == 422
    assert (await service.call("GET", path)).body == made


@pytest.mark.parametrize("query", ["on=x", "on=0000-00-00", "on=2026-13-01", "on[$ne]=1", "on=9999-12-31"])
async def test_a_day_that_is_none_is_refused(service: Service, query: str) -> None:
    company = await service.company()
    answer = await service.call("GET", f"/companies/{company['id']}/contract?{query}")
    assert answer.status in (200, 422)
    assert answer.status == 422 or query.startswith("on[")


async def test_what_holds_today_is_told_of_several_companies_at_once(service: Service) -> None:
    ours, theirs, without = [await service.company() for _ in range(3)]
    for company in (ours, theirs):
        await service.call("POST", "/contracts", contract(company, "2020-01-01", "2020-12-31"))
        await service.call("POST", "/contracts", contract(company, "2021-01-01"))
    path = "/holding-contracts?" + "&".join(f"company={one['id']}" for one in (ours, theirs, without))
    found = (await service.call("GET", path)).body["items"]
    assert {one["company_id"] for one in found} == {ours["id"], theirs["id"]}
    assert {one["valid_from"] for one in found} == {"2021-01-01"}
    limited = await service.call("GET", path, who=somebody("specialist", ours["id"]))
    assert [one["company_id"] for one in limited.body["items"]] == [ours["id"]]
    assert (await service.call("GET", "/holding-contracts?company=x")).status == 422
