"""Tickets that have to do with one another: linked by hand, or one split off the other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from contracts.people import Author
from contracts.tickets import FieldChange, Link, LinkKind
from services.tickets.domain.errors import RuleError
from services.tickets.domain.merging import check_it_goes_on
from services.tickets.domain.ticket import Ticket

MOST_LINKS = 50


def link(one: Ticket, other: Ticket, author: Author, at: datetime, entry_id: UUID) -> None:
    """Each knows of the other from now on; what is linked stays as it is. Raises RuleError."""
    _must_be_two(one, other)
    _point(one, other, "related", author, at, entry_id)
    _point(other, one, "related", author, at, _there(entry_id))


def split_off(source: Ticket, part: Ticket, author: Author, at: datetime, entry_id: UUID) -> None:
    """`part` was a matter of its own within `source`; they are linked, and say which was which."""
    _must_be_two(source, part)
    _point(source, part, "split_into", author, at, entry_id)
    _point(part, source, "split_from", author, at, _there(entry_id))


def unlink(one: Ticket, other: Ticket, author: Author, at: datetime, entry_id: UUID) -> None:
    """Neither knows of the other any more; what is not linked stays as it is."""
    _forget(one, other, author, at, entry_id)
    _forget(other, one, author, at, _there(entry_id))


def _must_be_two(one: Ticket, other: Ticket) -> None:
    if one.id == other.id:
        raise RuleError("number", "a ticket has to do with itself anyway")
    for ticket in (one, other):
        check_it_goes_on(ticket)


def _point(ticket: Ticket, to: Ticket, kind: LinkKind, author: Author, at: datetime, entry_id: UUID) -> None:
    if any(known.number == to.number for known in ticket.links):
        return
    if len(ticket.links) >= MOST_LINKS:
        raise RuleError("number", f"a ticket has at most {MOST_LINKS} links")
    links = [*ticket.links, Link(number=to.number, kind=kind)]
    ticket.relink(links, FieldChange(field="link", after=to.number), author, at, entry_id)


def _forget(ticket: Ticket, other: Ticket, author: Author, at: datetime, entry_id: UUID) -> None:
    left = [known for known in ticket.links if known.number != other.number]
    if len(left) < len(ticket.links):
        ticket.relink(left, FieldChange(field="link", before=other.number), author, at, entry_id)


def _there(entry_id: UUID) -> UUID:
    """Of the entry in the other ticket's log."""
    return uuid5(entry_id, "link")
