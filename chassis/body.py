"""Refuses a request body that is larger than anything the service could mean, before it is read."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problems import problem_response

_TOO_LARGE = "The body is too large."


class BodyLimit:
    """ASGI middleware: 413 by the Content-Length, or as soon as more bytes than `most` have come.

    `larger`: paths that take more.
    """

    def __init__(self, app: ASGIApp, *, most: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._most = most
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._most)
        if self._announced(scope) > most:
            await problem_response(413, _TOO_LARGE)(scope, receive, send)
            return
        came = 0

        async def counting() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(413, _TOO_LARGE)
            return message

        await self._app(scope, counting, send)

    @staticmethod
    def _announced(scope: Scope) -> int:
        length = next((value for key, value in scope["headers"] if key == b"content-length"), b"0")
        return int(length) if length.isdigit() and len(length) < 20 else 0
