"""The last events, so that a lost connection goes on where it was."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from contracts.tickets import Status, TicketState
from gateway.live.heard import Heard

KEPT = 2000


class Ring:
    """In the order heard. `begin` names a point in time before which nothing is known."""

    def __init__(self, beginning: str, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._events: OrderedDict[str, Heard | None] = OrderedDict()
        self._tickets: dict[UUID, TicketState] = {}
        self.begin(beginning)

    @property
    def last_id(self) -> str:
        """A client that has this one has missed nothing."""
        return next(reversed(self._events))

    def begin(self, beginning: str) -> None:
        self._events.clear()
        self._tickets.clear()
        self._events[beginning] = None

    def add(self, heard: Heard) -> bool:
        """False when it is here already: a relay that was not sure sent it again."""
        if heard.id in self._events:
            return False
        self._events[heard.id] = heard
        ticket = heard.event.ticket
        known = self._tickets.get(ticket.submission_id)
        if known is None or known.version < ticket.version:
            self._tickets[ticket.submission_id] = ticket
        if len(self._events) > self._kept:
            self._forget(self._events.popitem(last=False)[1])
        return True

    def _forget(self, heard: Heard | None) -> None:
        if heard and self._tickets.get(heard.event.ticket.submission_id) is heard.event.ticket:
            del self._tickets[heard.event.ticket.submission_id]

    def version_of(self, submission_id: UUID) -> int:
        """Of the ticket, as far as heard lately; 0 for none, and for one that ended in another one."""
        ticket = self._tickets.get(submission_id)
        return ticket.version if ticket and ticket.status != Status.MERGED else 0

    def after(self, event_id: str) -> list[Heard] | None:
        """What came after this event; None when it is not known here (any more)."""
        if event_id not in self._events:
            return None
        found: list[Heard] = []
        for known in reversed(self._events):
            if known == event_id:
                break
            heard = self._events[known]
            if heard is not None:
                found.append(heard)
        return found[::-1]
