"""Submissions become tickets once, whatever comes twice, at once or too early."""

from __future__ import annotations

import asyncio
from itertools import permutations
from typing import Any

import pytest
from pymongo import WriteConcern
from pymongo.errors import BulkWriteError

from chassis.clock import new_id, now
from contracts.gateway import StaffSaved
from contracts.intake import FileRef, SubmissionRated, SubmissionReopened, SubmissionReplied
from contracts.people import PersonRef
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.store.vocabulary import Vocabulary
from services.tickets.use_cases.hear_requester import hear_rating, hear_reopening, hear_reply
from tests.contract.tickets.conftest import Desk, submitted

_PERSON = PersonRef(id=new_id(), full_name="Иванова Мария Петровна")


def _reply(submission_id: Any, **fields: Any) -> SubmissionReplied:
    said = {
        "submission_id": submission_id,
        "reply_id": new_id(),
        "person": _PERSON,
        "text": "да",
        "at": now(),
    }
    return SubmissionReplied(**{**said, **fields})


def _reopening(submission_id: Any, text: str = "", *files: FileRef) -> SubmissionReopened:
    return SubmissionReopened(
        submission_id=submission_id, reply_id=new_id(), person=_PERSON, text=text, files=files, at=now()
    )


async def test_the_same_submission_from_many_handlers_at_once_is_one_ticket(desk: Desk) -> None:
    submission = submitted()
    await asyncio.gather(*(desk.register(submission) for _ in range(20)))
    assert await desk.kept["tickets"].count_documents({}) == 1
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert [event["type"] for event in await desk.events(ticket.number)] == ["helpdesk.ticket.registered.v1"]


async def test_files_of_a_reply_stand_in_the_log_beside_its_words(desk: Desk) -> None:
    submission = submitted()
    await desk.register(submission)
    photo = FileRef(id=new_id(), kind="screenshot", name="a.png", content_type="image/png", size=3)
    await hear_reply(desk.tickets, desk.plans, _reply(submission.submission_id, text="", files=(photo,)))
    await hear_reopening(desk.tickets, desk.plans, _reopening(submission.submission_id, "снова", photo))
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert [(entry.text, entry.files) for entry in ticket.entries] == [("", (photo,)), ("снова", (photo,))]


async def test_numbers_are_unique_and_grow_under_concurrency(desk: Desk) -> None:
    numbers = await asyncio.gather(*(desk.receive() for _ in range(100)))
    assert len(set(numbers)) == 100
    assert await desk.receive() > max(numbers)


async def test_a_reply_heard_before_its_submission_is_refused_until_it_is_there(desk: Desk) -> None:
    submission = submitted()
    reply = _reply(submission.submission_id)
    with pytest.raises(TicketNotFoundError):
        await hear_reply(desk.tickets, desk.plans, reply)
    await desk.register(submission)
    await hear_reply(desk.tickets, desk.plans, reply)
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert [entry.text for entry in ticket.entries] == ["да"]


async def test_replies_from_many_handlers_at_once_are_each_heard_once(desk: Desk) -> None:
    submission = submitted()
    await desk.register(submission)
    replies = [_reply(submission.submission_id) for _ in range(8)]
    await asyncio.gather(*(hear_reply(desk.tickets, desk.plans, reply) for reply in [*replies, *replies]))
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert sorted(entry.id for entry in ticket.entries) == sorted(reply.reply_id for reply in replies)
    assert ticket.version == 9


@pytest.mark.parametrize("status", ["new", "in_progress", "waiting", "resolved", "closed", "cancelled"])
async def test_an_unsolved_without_a_word_is_heard_in_any_status(desk: Desk, status: str) -> None:
    submission = submitted()
    await desk.register(submission)
    number = (await desk.tickets.of_submission(submission.submission_id)).number
    for step in {"new": [], "closed": ["resolved", "closed"]}.get(status, [status]):
        assert (await desk("PATCH", f"/tickets/{number}", {"status": step})).status == 200
    reopening = _reopening(submission.submission_id)
    async with asyncio.timeout(30):
        await hear_reopening(desk.tickets, desk.plans, reopening)
        await hear_reopening(desk.tickets, desk.plans, reopening)
    ticket = await desk.tickets.get(number)
    assert [entry.kind for entry in ticket.entries].count("reopening") == 1
    assert ticket.reopened == (status in ("resolved", "closed"))


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_words_of_the_requester_in_any_order_come_to_the_same(
    desk: Desk, order: tuple[int, ...]
) -> None:
    submission = submitted()
    await desk.register(submission)
    rating = SubmissionRated(
        submission_id=submission.submission_id, rating_id=new_id(), person=_PERSON, score=4, at=now()
    )
    words = [
        lambda: hear_reply(desk.tickets, desk.plans, _reply(submission.submission_id)),
        lambda: hear_reopening(desk.tickets, desk.plans, _reopening(submission.submission_id, "опять")),
        lambda: hear_rating(desk.tickets, desk.plans, rating),
    ]
    for n in order:
        await words[n]()
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert (ticket.rating, len(ticket.entries), ticket.status) == (4, 3, "new")


async def test_colleagues_are_known_by_their_newest_version(desk: Desk) -> None:
    identity = new_id()
    for version, active in ((2, False), (1, True)):
        saved = StaffSaved(id=identity, version=version, full_name="Орлов", roles=["admin"], active=active)
        await desk.colleagues.save(saved)
    assert await desk.colleagues.find_active(identity) is None


async def test_words_that_were_not_kept_for_sure_are_learned_again(desk: Desk) -> None:
    """A replica set of one cannot keep anything twice."""
    unsure = desk.kept.with_options(write_concern=WriteConcern(w=2))
    vocabulary = Vocabulary(unsure)
    for _ in range(2):
        with pytest.raises(BulkWriteError):
            await vocabulary.learn(["принтер"])
