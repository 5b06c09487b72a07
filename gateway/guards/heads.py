"""Request heads that mean two things at once are refused: somebody between us might read them otherwise."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.problems import Problem
from gateway.guards.refusals import Refuse, as_problem

_ONCE = frozenset(
    {
        b"authorization",
        b"content-type",
        b"cookie",
        b"host",
        b"idempotency-key",
        b"if-match",
        b"last-event-id",
        b"origin",
        b"range",
        b"x-csrf-token",
    }
)


class HeadGuard:
    def __init__(self, app: ASGIApp, *, refuse: Refuse = as_problem) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (wrong := _ambiguity(scope)):
            await self._refuse(scope, Problem(400, wrong))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _ambiguity(scope: Scope) -> str:
    seen: set[bytes] = set()
    for name, _ in scope["headers"]:
        if name in _ONCE and name in seen:
            return f"The header {name.decode()} came twice."
        seen.add(name)
    if b"\0" in scope["path"].encode("utf-8", "replace") or b"%00" in scope["query_string"]:
        return "There is a NUL in the address."
    return ""
