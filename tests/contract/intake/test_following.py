"""The requester sees what became of a submission, in whatever order tickets' events come."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import new_id
from contracts.people import PersonRef
from contracts.tickets import (
    MergedInto,
    Status,
    TicketAnswered,
    TicketChanged,
    TicketEvent,
    TicketMerged,
    TicketNoted,
    TicketRegistered,
    TicketWorkLogged,
)
from services.intake.use_cases.follow_ticket import follow_ticket
from tests.contract.intake.conftest import Reception
from tests.contract.intake.ticket_events import AT, answer, said, to_status

_FIRST, _SECOND = new_id(), new_id()
_IDS = [new_id() for _ in range(6)]


async def _submitted(reception: Reception) -> UUID:
    return UUID((await reception.submit()).body["id"])


async def _view(reception: Reception, submission_id: UUID) -> dict[str, Any]:
    body: dict[str, Any] = (await reception("GET", f"/submissions/{submission_id}")).body
    return body


def _life(submission_id: UUID) -> list[TicketEvent]:
    """Registered, taken, answered, that answer corrected, answered again, resolved."""
    work, done = Status.IN_PROGRESS, Status.RESOLVED
    return [
        said(TicketRegistered, submission_id, 1),
        said(TicketChanged, submission_id, 2, status=work, changes=to_status(work)),
        said(TicketAnswered, submission_id, 3, status=work, entry=answer("Сейчас пасмотрю", _FIRST, 3)),
        said(TicketAnswered, submission_id, 4, status=work, entry=answer("Сейчас посмотрю", _FIRST, 3)),
        said(TicketAnswered, submission_id, 5, status=work, entry=answer("Готово", _SECOND, 5)),
        said(TicketChanged, submission_id, 6, status=done, changes=to_status(done)),
    ]


async def _hear(reception: Reception, submission_id: UUID, order: list[int]) -> list[tuple[Any, ...]]:
    life = _life(submission_id)
    for n in order:
        await follow_ticket(reception.submissions, life[n], _IDS[n], AT)
    view = await _view(reception, submission_id)
    assert (view["status"], view["number"]) == ("resolved", 17)
    return sorted((item["kind"], item["text"], item["status"]) for item in view["log"])


_WHOLE = sorted(
    [
        ("status", "", "in_progress"),
        ("answer", "Сейчас посмотрю", None),
        ("answer", "Готово", None),
        ("status", "", "resolved"),
    ],
    key=str,
)


@pytest.mark.parametrize("order", [list(order) for order in permutations(range(2, 5))])
async def test_a_correction_that_overtakes_its_answer_is_not_undone(
    reception: Reception, order: list[int]
) -> None:
    submission_id = await _submitted(reception)
    assert sorted(await _hear(reception, submission_id, [0, 1, 5, *order]), key=str) == _WHOLE


@pytest.mark.parametrize("seed", range(10))
async def test_events_shuffled_and_repeated_come_to_the_same(reception: Reception, seed: int) -> None:
    order = list(range(6)) * 2
    random.Random(seed).shuffle(order)
    submission_id = await _submitted(reception)
    assert sorted(await _hear(reception, submission_id, order), key=str) == _WHOLE


async def test_the_log_is_in_the_order_of_time(reception: Reception) -> None:
    submission_id = await _submitted(reception)
    await _hear(reception, submission_id, [5, 4, 3, 2, 1, 0])
    log = (await _view(reception, submission_id))["log"]
    assert [item["at"] for item in log] == sorted(item["at"] for item in log)


async def test_what_is_internal_is_not_shown(reception: Reception) -> None:
    submission_id = await _submitted(reception)
    hidden = answer("", new_id(), 2, public=False).model_copy(update={"text": None, "kind": "work"})
    for kind in (TicketNoted, TicketWorkLogged):
        await follow_ticket(reception.submissions, said(kind, submission_id, 2, entry=hidden), new_id(), AT)
    assert (await _view(reception, submission_id))["log"] == []


async def test_ones_own_reply_that_comes_back_is_shown_once(reception: Reception) -> None:
    submission_id, key = await _submitted(reception), new_id()
    url = f"/submissions/{submission_id}/replies"
    await reception("POST", url, {"text": "Ещё не работает"}, Idempotency_Key=str(key))
    entry = answer("Ещё не работает", key, 2).model_copy(update={"kind": "reply"})
    await follow_ticket(
        reception.submissions, said(TicketAnswered, submission_id, 2, entry=entry), new_id(), AT
    )
    log = (await _view(reception, submission_id))["log"]
    assert [(item["kind"], item["text"]) for item in log] == [("reply", "Ещё не работает")]


async def test_news_of_a_submission_that_is_not_ours_changes_nothing(reception: Reception) -> None:
    await follow_ticket(reception.submissions, said(TicketRegistered, new_id(), 1), new_id(), AT)
    assert await reception.stored() == (0, 0, 0)


async def test_what_somebody_submitted_who_was_entered_twice_is_the_other_ones(reception: Reception) -> None:
    submission_id = await _submitted(reception)
    before = await reception.submissions.get(submission_id)
    into = PersonRef(id=new_id(), full_name="Она же")
    for _ in range(2):
        await reception.submissions.hand_over(before.requester.person.id, into)
    after = await reception.submissions.get(submission_id)
    assert after.requester == before.requester.model_copy(update={"person": into})
    assert after.model_copy(update={"requester": before.requester}) == before


async def test_what_was_merged_follows_the_ticket_that_has_all_of_it(reception: Reception) -> None:
    source, target = await _submitted(reception), await _submitted(reception)
    into = MergedInto(id=target, number=99, submission_id=target)
    merged = said(TicketMerged, source, 9, status=Status.MERGED, into=into)
    life = [
        said(TicketRegistered, source, 1),
        said(TicketRegistered, target, 1),
        merged,
        merged,
        said(TicketChanged, source, 9, status=Status.MERGED, changes=to_status(Status.MERGED)),
        said(TicketAnswered, target, 2, status=Status.IN_PROGRESS, entry=answer("Чиним у всех", _FIRST, 2)),
        said(TicketChanged, source, 8, status=Status.WAITING, changes=to_status(Status.WAITING)),
    ]
    for event in life:
        await follow_ticket(reception.submissions, event, new_id(), AT)
    view = await _view(reception, source)
    assert view["status"] == "in_progress", "its own ticket is told of no more"
    assert "Чиним у всех" in [item["text"] for item in view["log"]]
    third = await _submitted(reception)
    again = MergedInto(id=third, number=100, submission_id=third)
    await follow_ticket(reception.submissions, said(TicketRegistered, third, 1), new_id(), AT)
    await follow_ticket(reception.submissions, said(TicketMerged, target, 3, into=again), new_id(), AT)
    done = said(TicketChanged, third, 2, status=Status.RESOLVED, changes=to_status(Status.RESOLVED))
    await follow_ticket(reception.submissions, done, new_id(), AT)
    assert [(await _view(reception, one))["status"] for one in (source, target)] == ["resolved"] * 2
