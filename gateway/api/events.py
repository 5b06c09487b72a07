"""Live events: what happens to tickets, as server-sent events."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from gateway.access.callers import any_viewer, is_still
from gateway.access.viewers import StaffSession
from gateway.api.calls import Call
from gateway.api.queries import EventsQuery
from gateway.live.stream import REQUESTER_EVENTS, STAFF_EVENTS, live_answer
from gateway.parts import parts_of


async def get_events(request: Request) -> Response:
    viewer = await any_viewer(request)
    dressing = STAFF_EVENTS if isinstance(viewer, StaffSession) else REQUESTER_EVENTS
    return live_answer(request, parts_of(request).live, viewer, dressing, partial(is_still, request, viewer))


CALLS = (
    Call(
        "GET", "/events", get_events,
        "What happens to tickets; `event: reset` means that one may have missed something", "both", "events",
        query=EventsQuery, headers=("Last-Event-ID",), media="text/event-stream", unbounded=True,
    ),
)  # fmt: skip
