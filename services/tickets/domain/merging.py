"""Two tickets turn out to be one: all of both is in one of them, and the other points to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from contracts.people import Author
from contracts.tickets import MergedInto, Status
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry
from services.tickets.domain.status import ENDED
from services.tickets.domain.ticket import Ticket


def check_it_goes_on(ticket: Ticket) -> None:
    """Nothing more is done with a ticket that was merged: what is done there would be seen by nobody."""
    if ticket.merged_into:
        raise RuleError("number", f"this ticket was merged; it goes on as No. {ticket.merged_into}")


def merge(source: Ticket, target: Ticket, author: Author, at: datetime, entry_id: UUID) -> None:
    """Raises RuleError.

    The source's entries keep their ids, authors and times, so that nothing of them is lost or counted twice;
    what was asked for comes with them as its requester's word. What was merged itself takes no other.
    """
    _must_be_mergeable(source, target)
    asked = Entry(
        id=source.id,
        at=source.received_at,
        author=Author(kind="person", id=source.person.id, full_name=source.person.full_name),
        kind="reply",
        text="\n\n".join(filter(None, (source.title, source.description))),
        public=True,
    )
    moved = [
        one.model_copy(update={"origin": one.origin or source.number}) for one in (asked, *source.entries)
    ]
    target.take_over(moved, source, author, at, entry_id)
    source.give_away(MergedInto.model_validate(vars(target)), author, at, entry_id)


def point_on(pointing: Iterable[Ticket], target: Ticket, author: Author, at: datetime, key: UUID) -> None:
    """What had been merged into the source; so one is never led from ticket to ticket."""
    for ticket in pointing:
        ticket.point_on(target.number, author, at, uuid5(key, str(ticket.number)))


def _must_be_mergeable(source: Ticket, target: Ticket) -> None:
    if source.id == target.id:
        raise RuleError("into", "a ticket cannot be merged into itself")
    if source.company.id != target.company.id:
        raise RuleError("into", "that ticket is another company's")
    if source.status is Status.MERGED:
        raise RuleError("into", "this ticket was merged already")
    if target.status is Status.MERGED:
        raise RuleError("into", "that ticket was merged into another one: choose that one")
    if target.status in ENDED:
        raise RuleError("into", "that ticket is over; reopen it first")
