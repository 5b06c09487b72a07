"""A specialist is told of tickets that somebody else gave them, until they have looked."""

from __future__ import annotations

from typing import Any

from chassis.clock import new_id, now
from contracts.gateway import StaffSaved
from contracts.unread_http import UnreadList
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk
from tests.contract.tickets.test_categories import DISPATCHER


async def _given(desk: Desk, staff: Any, by: Any = DISPATCHER, **fields: Any) -> int:
    saved = StaffSaved(id=staff.id, version=1, full_name=staff.full_name, roles=["specialist"])
    await desk.colleagues.save(saved)
    number = await desk.receive(**fields)
    answer = await desk("PATCH", f"/tickets/{number}", {"assignee": str(staff.id)}, who=by)
    assert answer.status == 200
    return number


async def _told(desk: Desk, who: Any = SPECIALIST) -> UnreadList:
    return UnreadList.model_validate((await desk("GET", "/unread", who=who)).body)


async def test_what_others_gave_one_is_unread_until_it_was_seen(desk: Desk) -> None:
    await desk.kept["unread_seen"].delete_many({})
    first = await _given(desk, SPECIALIST)
    await _given(desk, SPECIALIST, by=SPECIALIST)
    told = await _told(desk)
    assert [(one.number, one.by.full_name) for one in told.items] == [(first, DISPATCHER.full_name)]
    assert told.unread == 1
    assert (await _told(desk, DISPATCHER)).items == []
    await desk("POST", "/unread/seen", {"until": now().isoformat()})
    later = await _given(desk, SPECIALIST)
    told = await _told(desk)
    assert [(one.number, one.unread) for one in told.items] == [(later, True), (first, False)]


async def test_a_moment_to_come_hides_nothing_that_comes_until_then(desk: Desk) -> None:
    await desk.kept["unread_seen"].delete_many({})
    assert (await desk("POST", "/unread/seen", {"until": "2099-01-01T00:00:00Z"})).status == 200
    await _given(desk, SPECIALIST)
    assert (await _told(desk)).unread == 1


async def test_a_ticket_that_is_over_or_given_on_is_told_of_no_more(desk: Desk) -> None:
    one, other = await _given(desk, SPECIALIST), await _given(desk, SPECIALIST)
    await desk("PATCH", f"/tickets/{one}", {"status": "resolved"})
    await desk("PATCH", f"/tickets/{other}", {"assignee": None})
    assert (await _told(desk)).items == []


async def test_nothing_of_other_companies_is_told(desk: Desk) -> None:
    await _given(desk, LIMITED, company=OTHER_COMPANY)
    assert (await _told(desk, LIMITED)).items == []
    assert (await desk("GET", "/unread", who=DEVICE)).status == 403
    for body in ({}, {"until": "x"}, {"until": now().isoformat(), "staff": str(new_id())}):
        assert (await desk("POST", "/unread/seen", body)).status == 422


async def test_whom_a_colleague_names_is_told_of_it_once_and_nobody_else(desk: Desk) -> None:
    await desk.kept["unread_seen"].delete_many({})
    number = await desk.receive()
    said = {"text": "@Орлов, взгляни", "mentions": [str(SPECIALIST.id), str(SPECIALIST.id)]}
    await desk("POST", f"/tickets/{number}/entries", said, who=DISPATCHER)
    told = await _told(desk)
    assert [(one.kind, one.number, one.by.full_name, one.unread) for one in told.items] == [
        ("mentioned", number, DISPATCHER.full_name, True)
    ]
    assert (await _told(desk, DISPATCHER)).items == []
    await desk("POST", "/unread/seen", {"until": told.items[0].at.isoformat()})
    assert (await _told(desk)).unread == 0


async def test_who_may_not_see_the_company_is_not_told_where_they_are_named(desk: Desk) -> None:
    number = await desk.receive(company=OTHER_COMPANY)
    said = {"text": "@Белова", "mentions": [str(LIMITED.id)]}
    await desk("POST", f"/tickets/{number}/entries", said, who=DISPATCHER)
    assert (await _told(desk, LIMITED)).items == []
    too_many = {"text": "x", "mentions": [str(new_id()) for _ in range(11)]}
    assert (await desk("POST", f"/tickets/{number}/entries", too_many)).status == 422
