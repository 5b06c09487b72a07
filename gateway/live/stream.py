"""A connection as an HTTP answer: text/event-stream, until either side ends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.problems import OUTAGES, Problem
from gateway.access.viewers import Viewer
from gateway.live.connection import Connection, Dressing
from gateway.live.heard import for_requester, for_staff
from gateway.live.hub import Hub

HEARTBEAT_SECONDS = 15.0
# However much there is to hear, so often it is asked whether the listener may still hear it.
ASKED_EVERY_SECONDS = 5.0
# A peer that takes nothing for so long is gone, or means harm.
_STALLED_SECONDS = 30.0
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
_OPENING = b"retry: 2000\n\n"

STAFF_EVENTS = Dressing("staff", "ticket", for_staff, has_presence=True)
REQUESTER_EVENTS = Dressing("requester", "ticket", for_requester)

StillThere = Callable[[], Awaitable[bool]]


def live_answer(
    request: Request, hub: Hub, viewer: Viewer, dressing: Dressing, still_there: StillThere
) -> Response:
    """Join the hub; `still_there` is asked now and then whether the viewer may go on listening.

    Where to go on: the header Last-Event-ID (browsers send it again by themselves), or `?last_event_id=`.
    """
    last = request.headers.get("last-event-id") or request.query_params.get("last_event_id")
    tab = _identity(request.query_params.get("tab", ""))
    connection = Connection(viewer.key, viewer.principal, dressing, tab)
    if request.method != "HEAD":
        hub.join(connection, last[:100] if last else None)
    return _EventStream(hub, connection, dressing.heartbeat, still_there)


def _identity(text: str) -> UUID | None:
    """A tab that names itself otherwise is none whose place is kept."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


class _EventStream(Response):
    def __init__(self, hub: Hub, connection: Connection, heartbeat: bytes, still_there: StillThere) -> None:
        super().__init__()
        self._hub = hub
        self._connection = connection
        self._heartbeat = heartbeat
        self._still_there = still_there
        self._asked_at = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        leaving = asyncio.create_task(self._until_left(receive))
        try:
            if scope["method"] != "HEAD":
                await self._send_all(send)
        finally:
            leaving.cancel()
            self._hub.leave(self._connection)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_all(self, send: Send) -> None:
        chunk = _OPENING
        while True:
            async with asyncio.timeout(_STALLED_SECONDS):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            chunk = await self._connection.take(HEARTBEAT_SECONDS) or self._heartbeat
            if await self._is_over(chunk):
                return

    async def _is_over(self, chunk: bytes) -> bool:
        """What was said before an end is still sent; what is said to who may no longer hear it is not."""
        if chunk == self._heartbeat and self._connection.is_ended:
            return True
        if time.monotonic() - self._asked_at < ASKED_EVERY_SECONDS:
            return False
        self._asked_at = time.monotonic()
        try:
            return not await self._still_there()
        except (*OUTAGES, Problem):
            return False

    async def _until_left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._connection.end()
