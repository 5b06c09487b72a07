"""The past told once more, ticket by ticket, for whoever builds on it from nothing."""

from __future__ import annotations

from datetime import datetime

from contracts.history import HistoryEnded, HistoryTold, WorkRef
from services.tickets.domain.storage import TellingStorage, TicketStorage
from services.tickets.domain.ticket import Ticket

BATCH = 200


async def tell_some(tickets: TicketStorage, tellings: TellingStorage, at: datetime) -> int:
    """A batch of the oldest telling that goes on; how many tickets were told. May be cut off at any time.

    Versions stay as they are. A ticket that changes at this very moment is told at the end, with all others
    that changed meanwhile: work may have gone from one that was not told yet to one that was.
    """
    telling = await tellings.next()
    if telling is None:
        return 0
    found = await tickets.some_after(telling.after, telling.last, BATCH)
    if found:
        await tickets.tell([told(ticket, at) for ticket in found], at)
        await tellings.went_on(telling.id, telling.after, found[-1].number, len(found))
        return len(found)
    changed = await _tell_changed(tickets, telling.begun_at, at)
    await tellings.end(telling.id, HistoryEnded(id=telling.id, tickets=telling.told, last=telling.last), at)
    return changed


async def _tell_changed(tickets: TicketStorage, since: datetime, at: datetime) -> int:
    changed = after = 0
    while found := await tickets.some_changed_since(since, after, BATCH):
        await tickets.tell([told(ticket, at) for ticket in found], at)
        changed, after = changed + len(found), found[-1].number
    return changed


def told(ticket: Ticket, at: datetime) -> HistoryTold:
    """With entries that lost their minutes, too: whoever knows them with minutes has to hear it."""
    work = [
        WorkRef(
            id=entry.id,
            at=entry.at,
            author=entry.author,
            minutes=entry.minutes or 0,
            additional=entry.additional,
        )
        for entry in ticket.entries
        if entry.minutes or any(before.minutes for before in entry.corrections)
    ]
    return HistoryTold(ticket=ticket.state(at), work=work)
