"""Drafts and the timer: each specialist's own, never lost, never overwritten silently."""

from __future__ import annotations

import asyncio

from chassis.clock import new_id
from chassis.principal import Principal
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk


def _somebody() -> Principal:
    return SPECIALIST.model_copy(update={"id": new_id()})


async def test_a_draft_is_there_for_its_writer_and_nobody_else(desk: Desk) -> None:
    path, me = f"/tickets/{await desk.receive()}/draft", _somebody()
    said = {"text": "Половина отв", "public": False, "minutes": 5, "additional": True}
    kept = await desk("PUT", path, said, who=me)
    assert (kept.status, kept.headers["ETag"]) == (200, '"1"')
    there = (await desk("GET", path, who=me)).body
    assert {name: there[name] for name in said} == said
    assert (await desk("GET", path)).body["version"] == 0
    desk_view = (await desk("GET", path.replace("/draft", "/desk"), who=me)).body
    assert desk_view["draft"]["text"] == "Половина отв"


async def test_of_two_windows_the_later_one_hears_of_the_other(desk: Desk) -> None:
    path, me = f"/tickets/{await desk.receive()}/draft", _somebody()
    await desk("PUT", path, {"text": "первое окно"}, who=me, If_Match='"0"')
    late = await desk("PUT", path, {"text": "второе окно"}, who=me, If_Match='"0"')
    assert late.status == 409
    assert (await desk("GET", path, who=me)).body["text"] == "первое окно"
    assert (await desk("PUT", path, {"text": "второе окно"}, who=me)).status == 200


async def test_two_windows_at_the_same_moment_leave_one_of_them(desk: Desk) -> None:
    path, me = f"/tickets/{await desk.receive()}/draft", _somebody()
    answers = await asyncio.gather(
        *(desk("PUT", path, {"text": str(n)}, who=me, If_Match='"0"') for n in range(5))
    )
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409, 409]


async def test_sending_empties_the_draft_and_what_comes_too_late_does_not_bring_it_back(desk: Desk) -> None:
    ticket, me = f"/tickets/{await desk.receive()}", _somebody()
    await desk("PUT", f"{ticket}/draft", {"text": "Готово.", "minutes": 5}, who=me)
    await desk("POST", f"{ticket}/entries", {"text": "Готово.", "public": True}, who=me)
    draft = (await desk("GET", f"{ticket}/draft", who=me)).body
    assert (draft["text"], draft["minutes"], draft["version"]) == ("", None, 2)
    assert (await desk("PUT", f"{ticket}/draft", {"text": "Гото"}, who=me, If_Match='"1"')).status == 409


async def test_drafts_of_a_company_one_may_not_see_are_as_good_as_absent(desk: Desk) -> None:
    theirs = await desk.receive(company=OTHER_COMPANY)
    for number in (theirs, 999_999):
        assert (await desk("GET", f"/tickets/{number}/draft", who=LIMITED)).status == 404
        assert (await desk("PUT", f"/tickets/{number}/draft", {}, who=LIMITED)).status == 404
        assert (await desk("PUT", "/timer", {"number": number}, who=LIMITED)).status == 404
    assert (await desk("GET", f"/tickets/{theirs}/draft", who=DEVICE)).status == 403


async def test_a_timer_rests_goes_on_and_its_minutes_come_into_the_draft(desk: Desk) -> None:
    number, me = await desk.receive(), _somebody()
    await desk("PUT", f"/tickets/{number}/draft", {"text": "Смотрю", "minutes": 4}, who=me)
    assert (await desk("PUT", "/timer", {"number": number}, who=me)).body["running"]
    assert not (await desk("PUT", "/timer", {"number": number, "running": False}, who=me)).body["running"]
    await desk("PUT", "/timer", {"number": number}, who=me)

    stopped = (await desk("DELETE", "/timer", who=me)).body

    assert (stopped["number"], stopped["minutes"]) == (number, 1)
    assert (stopped["draft"]["text"], stopped["draft"]["minutes"]) == ("Смотрю", 5)
    assert (await desk("GET", "/timer", who=me)).body["number"] is None
    assert (await desk("DELETE", "/timer", who=me)).body["minutes"] == 0


async def test_one_timer_at_a_time_and_the_former_keeps_its_minutes(desk: Desk) -> None:
    one, other, me = await desk.receive(), await desk.receive(), _somebody()
    await desk("PUT", "/timer", {"number": one}, who=me)
    assert (await desk("PUT", "/timer", {"number": other}, who=me)).status == 409
    assert (await desk("GET", "/timer", who=me)).body["number"] == one

    moved = await desk("PUT", "/timer", {"number": other, "instead": True}, who=me)

    assert moved.body["number"] == other
    assert (await desk("GET", f"/tickets/{one}/draft", who=me)).body["minutes"] == 1


async def test_stopping_from_two_windows_counts_once(desk: Desk) -> None:
    number, me = await desk.receive(), _somebody()
    await desk("PUT", "/timer", {"number": number}, who=me)
    answers = await asyncio.gather(*(desk("DELETE", "/timer", who=me) for _ in range(4)))
    assert sorted(answer.body["minutes"] for answer in answers) == [0, 0, 0, 1]
    assert (await desk("GET", f"/tickets/{number}/draft", who=me)).body["minutes"] == 1


async def test_a_merged_ticket_is_left_alone(desk: Desk) -> None:
    source, target = await desk.receive(), await desk.receive()
    await desk("POST", f"/tickets/{source}/merge", {"into": target})
    assert (await desk("PATCH", f"/tickets/{source}", {"priority": "high"})).status == 422
    assert (await desk("POST", f"/tickets/{source}/entries", {"text": "x", "minutes": 5})).status == 422
    assert (await desk("GET", f"/tickets/{source}")).body["minutes"] == 0
