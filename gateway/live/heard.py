"""One event as it was heard, and what staff and its requester may see of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from pydantic import ValidationError

from chassis.principal import Principal
from contracts.envelope import Envelope
from contracts.tickets import TicketEvent, TicketNoted

# Fields whose changes are the requester's business; the others are internal.
_REQUESTERS_FIELDS = ("status", "title")
_LARGEST = 256 * 1024


class Heard:
    """`id` is the CloudEvent's; what is shown of it is encoded once for all who see the same."""

    def __init__(self, event_id: str, event_type: str, event: TicketEvent) -> None:
        self.id = event_id
        self.type = event_type
        self.event = event
        self._encoded: dict[str, bytes] = {}

    @classmethod
    def parse(cls, body: bytes) -> Heard | None:
        """None for what is no ticket event of ours."""
        if len(body) > _LARGEST:
            return None
        try:
            envelope = Envelope[TicketEvent].model_validate_json(body)
        except ValidationError:
            return None
        return cls(str(envelope.id), envelope.type, envelope.data)

    def frame(self, dressing: str, dress: Callable[[Heard], dict[str, Any] | None], name: str) -> bytes:
        """The bytes of a server-sent event `name`; empty when this dressing shows nothing of it."""
        frame = self._encoded.get(dressing)
        if frame is None:
            shown = dress(self)
            frame = b"" if shown is None else _frame(self.id, name, shown)
            self._encoded[dressing] = frame
        return frame


def _frame(event_id: str, name: str, shown: dict[str, Any]) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (event_id.encode(), name.encode(), orjson.dumps(shown))


def may_hear(principal: Principal, event: TicketEvent) -> bool:
    """Staff: their companies. A device: its own person, once staff have made sure who that is."""
    if principal.is_staff:
        return principal.may_see_company(event.ticket.company.id)
    return principal.confirmed and principal.person_id == event.ticket.person.id


def for_staff(heard: Heard) -> dict[str, Any]:
    """The ticket's state, with what happened to it, internal or not."""
    event = heard.event
    return {
        "type": heard.type,
        **event.ticket.model_dump(mode="json"),
        "author": event.author.model_dump(mode="json"),
        "changes": [change.model_dump(mode="json") for change in event.changes],
        "entry": event.entry.model_dump(mode="json") if event.entry else None,
    }


def for_requester(heard: Heard) -> dict[str, Any] | None:
    """Only what is public, and only what the requester can do something with."""
    event = heard.event
    entry = event.entry if event.entry and event.entry.public else None
    status_or_title = any(change.field in _REQUESTERS_FIELDS for change in event.changes)
    only_internal = not entry and not status_or_title and (event.entry or event.changes)
    if heard.type == TicketNoted.TYPE or only_internal:
        return None
    shown = {
        "type": heard.type,
        "submission_id": str(event.ticket.submission_id),
        "number": event.ticket.number,
        "version": event.ticket.version,
        "title": event.ticket.title,
        "status": event.ticket.status.value,
        "author": {"kind": event.author.kind, "full_name": event.author.full_name},
        "at": event.ticket.updated_at.isoformat().replace("+00:00", "Z"),
    }
    return {**shown, "text": entry.text} if entry and entry.text is not None else shown
