"""The outermost: every answer carries the security headers, and no mistake of ours shows its insides."""

from __future__ import annotations

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problems import Problem
from gateway.guards.refusals import Refuse, as_problem

_log = structlog.get_logger(__name__)

# Everything from ourselves, nothing inline, nothing framed.
PAGES_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    b"content-security-policy": PAGES_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_TLS_ONLY = {b"strict-transport-security": b"max-age=31536000; includeSubDomains"}
# What the API answers belongs to its caller alone, unless the answer itself says otherwise (files).
_API_ONLY = {b"cache-control": b"no-store"}


class SecurityHeaders:
    def __init__(self, app: ASGIApp, *, is_secure: bool, refuse: Refuse = as_problem) -> None:
        self._app = app
        self._refuse = refuse
        self._always = {**_ALWAYS, **(_TLS_ONLY if is_secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = {**self._always, **_API_ONLY} if scope["path"].startswith("/api/") else self._always
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                given.extend((name, value) for name, value in wanted.items() if name not in names)
                message = {**message, "headers": given}
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if started:
                raise
            _log.error("request failed", method=scope["method"], exc_info=error)
            await self._refuse(scope, Problem(500))(scope, receive, sending)
