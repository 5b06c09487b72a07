"""The requester came back to a submission: a reply, «не решено», a rating."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from contracts.intake import SubmissionRated, SubmissionReopened, SubmissionReplied
from contracts.people import Author, PersonRef
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.log import Entry
from services.tickets.domain.sla import DEFAULT_PLAN
from services.tickets.domain.storage import TicketStorage
from services.tickets.domain.ticket import Ticket


async def hear_reply(tickets: TicketStorage, reply: SubmissionReplied) -> None:
    entry = Entry(
        id=reply.reply_id,
        at=reply.at,
        author=_author(reply.person),
        kind="reply",
        text=reply.text,
        public=True,
    )
    await _once(tickets, reply.submission_id, entry, lambda ticket: ticket.reply(entry, DEFAULT_PLAN))


async def hear_reopening(tickets: TicketStorage, reopening: SubmissionReopened) -> None:
    entry = Entry(
        id=reopening.reply_id,
        at=reopening.at,
        author=_author(reopening.person),
        kind="reopening",
        text=reopening.text,
        public=True,
    )
    await _once(tickets, reopening.submission_id, entry, lambda ticket: ticket.reply(entry, DEFAULT_PLAN))


async def hear_rating(tickets: TicketStorage, rating: SubmissionRated) -> None:
    entry = Entry(
        id=rating.rating_id,
        at=rating.at,
        author=_author(rating.person),
        kind="rating",
        text=f"{rating.score}/5 {rating.comment}".strip(),
        public=True,
    )
    await _once(tickets, rating.submission_id, entry, lambda ticket: ticket.rate(entry, rating.score))


async def _once(
    tickets: TicketStorage, submission_id: UUID, entry: Entry, decide: Callable[[Ticket], None]
) -> None:
    """The entry's id in the log is the mark that it was heard.

    A reply that overtook its submission raises TicketNotFoundError and is delivered again later.
    """
    while True:
        ticket = await tickets.of_submission(submission_id)
        if ticket.entry(entry.id):
            return
        decide(ticket)
        try:
            await tickets.save(ticket, ticket.take_events())
        except ConflictError:
            continue
        return


def _author(person: PersonRef) -> Author:
    return Author(kind="person", id=person.id, full_name=person.full_name)
