"""The requester came back to a submission: a reply, «не решено», a rating."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from contracts.intake import FileRef, SubmissionRated, SubmissionReopened, SubmissionReplied
from contracts.people import Author
from contracts.tickets import EntryKind
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.log import Entry
from services.tickets.domain.plan import Plan
from services.tickets.domain.storage import PlanStorage, TicketStorage
from services.tickets.domain.ticket import Ticket
from services.tickets.use_cases.change_ticket import plan_of
from services.tickets.use_cases.merge_tickets import where_it_went


async def hear_reply(tickets: TicketStorage, plans: PlanStorage, reply: SubmissionReplied) -> None:
    entry = _entry("reply", reply.reply_id, reply, reply.text, reply.files)
    await _once(tickets, plans, reply.submission_id, entry, lambda ticket, plan: ticket.reply(entry, plan))


async def hear_reopening(tickets: TicketStorage, plans: PlanStorage, reopening: SubmissionReopened) -> None:
    entry = _entry("reopening", reopening.reply_id, reopening, reopening.text, reopening.files)
    await _once(
        tickets, plans, reopening.submission_id, entry, lambda ticket, plan: ticket.reply(entry, plan)
    )


async def hear_rating(tickets: TicketStorage, plans: PlanStorage, rating: SubmissionRated) -> None:
    entry = _entry("rating", rating.rating_id, rating, f"{rating.score}/5 {rating.comment}".strip())
    await _once(
        tickets, plans, rating.submission_id, entry, lambda ticket, _plan: ticket.rate(entry, rating.score)
    )


def _entry(
    kind: EntryKind,
    entry_id: UUID,
    said: SubmissionReplied | SubmissionReopened | SubmissionRated,
    text: str,
    files: tuple[FileRef, ...] = (),
) -> Entry:
    author = Author(kind="person", id=said.person.id, full_name=said.person.full_name)
    return Entry(id=entry_id, at=said.at, author=author, kind=kind, text=text, public=True, files=files)


async def _once(
    tickets: TicketStorage,
    plans: PlanStorage,
    submission_id: UUID,
    entry: Entry,
    decide: Callable[[Ticket, Plan], None],
) -> None:
    """The entry's id in the log is the mark that it was heard.

    A reply that overtook its submission raises TicketNotFoundError and is delivered again later.
    """
    while True:
        ticket = await where_it_went(tickets, await tickets.of_submission(submission_id))
        if ticket.entry(entry.id):
            return
        decide(ticket, await plan_of(plans, ticket))
        try:
            await tickets.save(ticket, ticket.take_events())
        except ConflictError:
            continue
        return
