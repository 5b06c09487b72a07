"""Bounded work at once: beyond it one is asked to come again, instead of everybody waiting."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.problems import problem_response
from gateway.settings import GatewaySettings

Kind = Literal["request", "upload", "wait", "stream"]
_HEALTH = ("/healthz", "/readyz")
_UPLOADS = ("/api/v1/submissions", "/api/v1/import", "/portal")
_STREAMS = ("/api/v1/events", "/live")


class LoadGuard:
    """Each kind has its own bound: slow uploads and long polls do not keep others out."""

    def __init__(self, app: ASGIApp, *, settings: GatewaySettings) -> None:
        self._app = app
        self._most: dict[Kind, int] = {
            "request": settings.requests_at_once,
            "upload": settings.uploads_at_once,
            "wait": settings.streams_at_once,
            "stream": settings.streams_at_once,
        }
        self._now: Counter[Kind] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _HEALTH:
            await self._app(scope, receive, send)
            return
        kind = _kind_of(scope)
        if self._now[kind] >= self._most[kind]:
            detail = "There is more to do than we can do at once; please try again."
            await problem_response(503, detail, headers={"Retry-After": "1"})(scope, receive, send)
            return
        self._now[kind] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._now[kind] -= 1


def _kind_of(scope: Scope) -> Kind:
    if scope["method"] == "POST":
        return "upload" if scope["path"].startswith(_UPLOADS) else "request"
    if scope["path"] in _STREAMS:
        return "stream"
    return "wait" if b"wait=" in scope["query_string"] else "request"
