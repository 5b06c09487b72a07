"""Links over HTTP, and a part of a ticket that becomes one of its own."""

from __future__ import annotations

import asyncio

import pytest

from chassis.clock import new_id
from contracts.intake import SubmissionReceived
from contracts.people import StaffRef
from tests.contract.tickets.conftest import COMPANY, LIMITED, OTHER_COMPANY, SPECIALIST, Desk, submitted


async def _links(desk: Desk, number: int) -> list[tuple[int, str]]:
    view = (await desk("GET", f"/tickets/{number}")).body
    return [(one["number"], one["kind"]) for one in view["links"]]


async def test_both_show_each_other_once_however_often_it_is_asked(desk: Desk) -> None:
    one, other = await desk.receive(), await desk.receive(company=OTHER_COMPANY, title="Нет связи у всех")
    asked = [desk("POST", f"/tickets/{one}/links", {"number": other}) for _ in range(3)]
    assert [answer.status for answer in await asyncio.gather(*asked)] == [200] * 3
    assert await _links(desk, other) == [(one, "related")]
    shown = (await desk("GET", f"/tickets/{one}/desk")).body["ticket"]["links"]
    assert shown == [{"number": other, "kind": "related", "title": "Нет связи у всех", "status": "new"}]
    for _ in range(2):
        assert (await desk("DELETE", f"/tickets/{other}/links/{one}")).status == 200
    assert await _links(desk, one) == await _links(desk, other) == []
    told = [event["data"]["changes"] for event in await desk.events(one)]
    assert [[change["field"] for change in changes] for changes in told] == [[], ["link"], ["link"]]


async def test_another_companys_ticket_is_neither_linked_nor_shown_by_who_may_not_see_it(desk: Desk) -> None:
    ours, theirs = await desk.receive(), await desk.receive(company=OTHER_COMPANY)
    for method, path, body in (
        ("POST", f"/tickets/{ours}/links", {"number": theirs}),
        ("POST", f"/tickets/{theirs}/links", {"number": ours}),
        ("DELETE", f"/tickets/{ours}/links/{theirs}", None),
    ):
        nowhere = await desk("POST", f"/tickets/{ours}/links", {"number": 10**9}, who=LIMITED)
        refused = await desk(method, path, body, who=LIMITED)
        assert (refused.status, refused.body) == (nowhere.status, nowhere.body)
    assert (await desk("POST", f"/tickets/{ours}/links", {"number": theirs})).status == 200
    for path in (f"/tickets/{ours}", f"/tickets/{ours}/desk"):
        view = (await desk("GET", path, who=LIMITED)).body
        assert view.get("ticket", view)["links"] == []


@pytest.mark.parametrize("number", [0, -1, "1", None, 1.5, 10**30])
async def test_what_is_no_ticket_is_refused(desk: Desk, number: object) -> None:
    ours = await desk.receive()
    assert (await desk("POST", f"/tickets/{ours}/links", {"number": number})).status == 422
    assert (await desk("POST", f"/tickets/{ours}/links", {"number": ours})).status == 422


async def test_a_part_is_linked_to_where_it_came_from_however_often_it_is_heard(desk: Desk) -> None:
    source = await desk.receive()
    part = _split(source)
    for _ in range(2):
        await desk.register(part)
    number = (await desk.tickets.of_submission(part.submission_id)).number
    assert await _links(desk, source) == [(number, "split_into")]
    assert await _links(desk, number) == [(source, "split_from")]
    logged = (await desk("GET", f"/tickets/{source}")).body["entries"]
    assert [entry["author"]["full_name"] for entry in logged] == [SPECIALIST.full_name]


async def test_a_part_of_what_was_merged_meanwhile_is_linked_to_where_that_went(desk: Desk) -> None:
    source, target = await desk.receive(), await desk.receive()
    await desk("POST", f"/tickets/{source}/merge", {"into": target})
    part = _split(source)
    await desk.register(part)
    number = (await desk.tickets.of_submission(part.submission_id)).number
    assert await _links(desk, number) == [(target, "split_from")]


async def test_a_part_of_nothing_we_know_or_of_another_company_is_a_ticket_all_the_same(desk: Desk) -> None:
    theirs = await desk.receive(company=OTHER_COMPANY)
    for number in (theirs, 10**9):
        part = _split(number)
        await desk.register(part)
        assert await _links(desk, (await desk.tickets.of_submission(part.submission_id)).number) == []
    assert await _links(desk, theirs) == []


def _split(number: int) -> SubmissionReceived:
    submission = submitted(company=COMPANY)
    staff = StaffRef(id=SPECIALIST.id, full_name=SPECIALIST.full_name)
    requester = submission.requester.model_copy(update={"split_from": number, "registered_by": staff})
    return submission.model_copy(update={"requester": requester, "submission_id": new_id()})
