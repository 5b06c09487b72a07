"""Merging over HTTP: both tickets change together or not at all."""

from __future__ import annotations

import asyncio
from uuid import UUID

from chassis.clock import new_id, now
from contracts.intake import SubmissionReplied
from contracts.people import PersonRef
from services.tickets.use_cases.hear_requester import hear_reply
from tests.contract.tickets.conftest import COMPANY, LIMITED, OTHER_COMPANY, Desk


async def test_a_merge_is_done_once_however_often_it_is_asked(desk: Desk) -> None:
    source, target = await desk.receive(), await desk.receive()
    await desk("POST", f"/tickets/{source}/entries", {"text": "сделано", "minutes": 15})
    asked = [desk("POST", f"/tickets/{source}/merge", {"into": target}) for _ in range(3)]
    answers = await asyncio.gather(*asked)
    assert [answer.status for answer in answers] == [200] * 3
    assert {answer.body["number"] for answer in answers} == {target}
    merged = (await desk("GET", f"/tickets/{source}")).body
    assert (merged["status"], merged["merged_into"], merged["minutes"]) == ("merged", target, 0)
    whole = (await desk("GET", f"/tickets/{target}")).body
    assert whole["minutes"] == 15
    assert [entry["origin"] for entry in whole["entries"] if entry["origin"]] == [source, source]
    assert len(whole["entries"]) == 3
    told = [event["type"] for event in await desk.events(source)]
    assert told.count("helpdesk.ticket.merged.v1") == 1


async def test_two_that_are_merged_into_each_other_at_once_become_one(desk: Desk) -> None:
    one, other = await desk.receive(), await desk.receive()
    answers = await asyncio.gather(
        desk("POST", f"/tickets/{one}/merge", {"into": other}),
        desk("POST", f"/tickets/{other}/merge", {"into": one}),
    )
    assert sorted(answer.status for answer in answers) == [200, 422]
    found = [(await desk("GET", f"/tickets/{number}")).body["status"] for number in (one, other)]
    assert sorted(found) == ["merged", "new"]


async def test_what_cannot_be_merged_is_refused_and_nothing_changes(desk: Desk) -> None:
    ours, theirs = await desk.receive(), await desk.receive(company=OTHER_COMPANY)
    for into, status in ((ours, 422), (theirs, 422), (10**9, 404), (0, 422), ("1", 422)):
        assert (await desk("POST", f"/tickets/{ours}/merge", {"into": into})).status == status
    assert (await desk("POST", f"/tickets/{ours}/merge", {"into": theirs}, who=LIMITED)).status == 404
    assert (await desk("GET", f"/tickets/{ours}")).body["version"] == 1


async def test_a_reply_to_what_was_merged_is_heard_where_it_went(desk: Desk) -> None:
    source, target = await desk.receive(), await desk.receive()
    submission = UUID((await desk("GET", f"/tickets/{source}")).body["submission_id"])
    await desk("POST", f"/tickets/{source}/merge", {"into": target})
    await desk("PATCH", f"/tickets/{target}", {"status": "waiting"})
    reply = SubmissionReplied(
        submission_id=submission,
        reply_id=new_id(),
        person=PersonRef(id=new_id(), full_name="Иванова"),
        text="у меня тоже",
        at=now(),
    )
    for _ in range(2):
        await hear_reply(desk.tickets, desk.plans, reply)
    whole = (await desk("GET", f"/tickets/{target}")).body
    assert whole["status"] == "in_progress"
    assert [entry["text"] for entry in whole["entries"]].count("у меня тоже") == 1
    assert (await desk("GET", f"/tickets/{source}")).body["status"] == "merged"
    assert whole["company"]["id"] == str(COMPANY)


async def test_what_had_been_merged_points_to_where_all_of_it_is_and_never_to_what_points(desk: Desk) -> None:
    first, second, third = [await desk.receive() for _ in range(3)]
    await desk("POST", f"/tickets/{first}/merge", {"into": second})
    await desk("POST", f"/tickets/{second}/merge", {"into": third})
    found = [(await desk("GET", f"/tickets/{number}")).body for number in (first, second)]
    assert [(one["status"], one["merged_into"]) for one in found] == [("merged", third)] * 2
    moved = found[0]["entries"][-1]["changes"]
    assert moved == [{"field": "merged_into", "before": second, "after": third}]
    assert (await desk.events(first))[-1]["data"]["ticket"]["merged_into"] == third
    whole = (await desk("GET", f"/tickets/{third}")).body["entries"]
    assert [entry["origin"] for entry in whole if entry["kind"] == "reply"] == [first, second]


async def test_merging_on_while_another_is_merged_in_leaves_no_chain(desk: Desk) -> None:
    first, second, third = [await desk.receive() for _ in range(3)]
    answers = await asyncio.gather(
        desk("POST", f"/tickets/{first}/merge", {"into": second}),
        desk("POST", f"/tickets/{second}/merge", {"into": third}),
    )
    assert answers[1].status == 200
    pointer = (await desk("GET", f"/tickets/{first}")).body["merged_into"]
    assert pointer == (third if answers[0].status == 200 else None)
