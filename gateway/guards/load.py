"""Bounded work at once: beyond it one is asked to come again, instead of everybody waiting."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.problems import Problem
from gateway.access.networks import network_in
from gateway.guards.refusals import Refuse, as_problem
from gateway.settings import GatewaySettings

Kind = Literal["request", "upload", "wait", "stream"]
_HEALTH = ("/healthz", "/readyz")
_UPLOADS = ("/api/v1/submissions", "/api/v1/import", "/portal")
_STREAMS = ("/api/v1/events", "/live", "/portal/live")
_WAITS = "/api/v1/submissions/"


class LoadGuard:
    """Each kind has its own bound: slow uploads and long polls do not keep others out.

    No address may hold more than half of it: whoever hangs on to all they can get does not stop the rest.
    """

    def __init__(self, app: ASGIApp, *, settings: GatewaySettings, refuse: Refuse = as_problem) -> None:
        self._app = app
        self._refuse = refuse
        self._most: dict[Kind, int] = {
            "request": settings.requests_at_once,
            "upload": settings.uploads_at_once,
            "wait": settings.streams_at_once,
            "stream": settings.streams_at_once,
        }
        self._now: Counter[Kind] = Counter()
        self._by_address: Counter[tuple[Kind, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _HEALTH:
            await self._app(scope, receive, send)
            return
        kind, address = _kind_of(scope), network_in(scope)
        if self._is_full(kind, address):
            await self._refuse(scope, _busy())(scope, receive, send)
            return
        self._count(kind, address, 1)
        try:
            await self._app(scope, receive, send)
        finally:
            self._count(kind, address, -1)

    def _is_full(self, kind: Kind, address: str) -> bool:
        most = self._most[kind]
        return self._now[kind] >= most or self._by_address[kind, address] >= max(1, most // 2)

    def _count(self, kind: Kind, address: str, change: int) -> None:
        self._now[kind] += change
        self._by_address[kind, address] += change
        if not self._by_address[kind, address]:
            del self._by_address[kind, address]


def _busy() -> Problem:
    detail = "There is more to do than we can do at once; please try again."
    return Problem(503, detail, headers={"Retry-After": "1"})


def _kind_of(scope: Scope) -> Kind:
    if scope["method"] == "POST":
        return "upload" if scope["path"].startswith(_UPLOADS) else "request"
    if scope["path"] in _STREAMS:
        return "stream"
    may_wait = scope["path"].startswith(_WAITS) and b"wait=" in scope["query_string"]
    return "wait" if may_wait else "request"
