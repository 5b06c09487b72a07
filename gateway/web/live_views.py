"""The live connection of the specialist's pages: each event as the row it changes."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from fastapi import Request, Response

from contracts.tickets import TicketRegistered, TicketSlaBroken, TicketSlaWarned
from gateway.access.callers import is_still, staff_or_none, unauthorized
from gateway.live.connection import Dressing
from gateway.live.heard import Heard
from gateway.live.stream import live_answer
from gateway.parts import parts_of
from gateway.web.language import known_language
from gateway.web.routing import READING, pages_router
from gateway.web.rows import render_row

router = pages_router()

_KNOWN = (
    "number", "version", "title", "status", "priority",
    "assignee", "company", "person", "equipment", "category",
)  # fmt: skip
_DUE = {TicketSlaWarned.TYPE: "warned", TicketSlaBroken.TYPE: "broken"}
_HEARTBEAT = b"event: alive\ndata: {}\n\n"


@router.api_route("/live", methods=READING)
async def live(request: Request) -> Response:
    session = await staff_or_none(request)
    if session is None:
        return unauthorized().response()
    lang = known_language(request.cookies.get("lang"))
    return live_answer(
        request, parts_of(request).live, session, rows_in(lang), partial(is_still, request, session)
    )


@cache
def rows_in(lang: str) -> Dressing:
    return Dressing(f"row-{lang}", "row", lambda heard: _row(heard, lang), _HEARTBEAT, has_presence=True)


def _row(heard: Heard, lang: str) -> dict[str, Any]:
    """The row, and what the browser has to know to judge whether it belongs into the open view."""
    ticket = heard.event.ticket.model_dump(mode="json")
    known = {name: ticket[name] for name in _KNOWN}
    return {
        **known,
        "sla": {"state": ticket["sla"]["state"]},
        "what": _what(heard),
        "html": render_row(ticket, lang),
    }


def _what(heard: Heard) -> dict[str, Any]:
    """What happened, as far as somebody may want to be told of it."""
    event = heard.event
    return {
        "by": str(event.author.id),
        "registered": heard.type == TicketRegistered.TYPE,
        "assigned": any(change.field == "assignee" for change in event.changes),
        "entry": event.entry.kind if event.entry else None,
        "due": _DUE.get(heard.type),
    }
