"""What other systems may hear: the public events, on the stream helpdesk.feed."""

from __future__ import annotations

from contracts.envelope import Event
from contracts.terms import LicenceExpiring
from contracts.tickets import EVENTS as TICKET_EVENTS

_ALL: tuple[type[Event], ...] = (*TICKET_EVENTS, LicenceExpiring)
PUBLIC_EVENTS = tuple(event for event in _ALL if event.PUBLIC)
