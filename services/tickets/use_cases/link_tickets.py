"""A specialist finds that tickets have to do with one another, or that one of them is two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

from chassis.principal import Principal
from contracts.intake import SubmissionReceived
from contracts.people import Author
from services.tickets.domain.errors import ConflictError, TicketNotFoundError
from services.tickets.domain.linking import link, split_off, unlink
from services.tickets.domain.storage import TicketStorage
from services.tickets.domain.ticket import Ticket
from services.tickets.use_cases.change_ticket import author_of, find_ticket
from services.tickets.use_cases.merge_tickets import where_it_went

_TRIES = 5
_Deed = Callable[[Ticket, Ticket, Author, datetime, UUID], None]


async def link_tickets(
    tickets: TicketStorage, number: int, other: int, staff: Principal, at: datetime, entry_id: UUID
) -> None:
    """Raises TicketNotFoundError, RuleError, ConflictError; the same again changes nothing."""
    await _with_both(tickets, number, other, staff, link, at, entry_id)


async def unlink_tickets(
    tickets: TicketStorage, number: int, other: int, staff: Principal, at: datetime, entry_id: UUID
) -> None:
    """Raises TicketNotFoundError, ConflictError; the same again changes nothing."""
    await _with_both(tickets, number, other, staff, unlink, at, entry_id)


async def _with_both(
    tickets: TicketStorage,
    number: int,
    other: int,
    staff: Principal,
    deed: _Deed,
    at: datetime,
    entry_id: UUID,
) -> None:
    for _ in range(_TRIES):
        both = await find_ticket(tickets, number, staff), await find_ticket(tickets, other, staff)
        deed(*both, author_of(staff), at, entry_id)
        if await _kept(tickets, *both):
            return
    raise ConflictError


async def link_to_source(tickets: TicketStorage, submission: SubmissionReceived, at: datetime) -> None:
    """The ticket of a submission that was split off another one's; heard again, it changes nothing.

    A number that is nobody's, or another company's, says nothing: the ticket itself is not lost for it.
    """
    number, staff = submission.requester.split_from, submission.requester.registered_by
    if number is None or staff is None:
        return
    author = Author(kind="staff", id=staff.id, full_name=staff.full_name)
    for _ in range(_TRIES):
        part = await tickets.of_submission(submission.submission_id)
        try:
            source = await where_it_went(tickets, await tickets.get(number))
        except TicketNotFoundError:
            return
        if source.company.id != part.company.id or part.merged_into or source.id == part.id:
            return
        split_off(source, part, author, at, uuid5(part.id, "split"))
        if await _kept(tickets, source, part):
            return
    raise ConflictError


async def _kept(tickets: TicketStorage, *both: Ticket) -> bool:
    """Whether nobody changed one of them meanwhile."""
    said = [(ticket, ticket.take_events()) for ticket in both]
    try:
        await tickets.save_both(*((ticket, events) for ticket, events in said if events))
    except ConflictError:
        return False
    return True
