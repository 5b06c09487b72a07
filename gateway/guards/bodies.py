"""Bodies: never larger than allowed, never slower than a bad connection is."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problems import Problem
from gateway.guards.refusals import Refuse, as_problem

# Time spent waiting for the sender only; what we ourselves hold back does not count against them.
_GRACE_SECONDS = 15.0
_LEAST_BYTES_PER_SECOND = 4096
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
# The sender may still be sending what nobody will read.
_CLOSE = {"Connection": "close"}
# What is still coming is read off before a refusal, up to this: closing on it would reset the connection,
# and the sender would never see the answer (RFC 9112, 9.6).
_LINGER_BYTES, _LINGER_SECONDS = 4 * 1024 * 1024, 5.0


class BodyGuard:
    """413 for a body beyond `limit_of(path)` bytes, 408 for one that comes too slowly."""

    def __init__(self, app: ASGIApp, *, limit_of: Callable[[str], int], refuse: Refuse = as_problem) -> None:
        self._app = app
        self._limit_of = limit_of
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        body = _Body(scope, receive, send, self._limit_of(scope["path"]))
        try:
            body.check_announced()
            await self._app(scope, body.receive, body.send)
        except Problem as problem:
            if problem is not body.fault:
                raise
        if body.fault and not body.is_answering:
            if body.fault.status != 408:
                await body.read_off()
            await self._refuse(scope, body.fault)(scope, receive, send)


class _Body:
    """Once the sender is at fault, that is what they are answered, whatever the application makes of it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._limit = limit
        self._came = 0
        self._waited = 0.0
        self._is_whole = False
        self.fault: Problem | None = None
        self.is_answering = False

    def check_announced(self) -> None:
        for name, value in self._scope["headers"]:
            if name == b"content-length" and (len(value) > 18 or int(value) > self._limit):
                self._fail(413, "The body is too large.")

    async def receive(self) -> Message:
        began = time.monotonic()
        allowed = _GRACE_SECONDS + self._came / _LEAST_BYTES_PER_SECOND - self._waited
        try:
            async with asyncio.timeout(max(allowed, 0.0)):
                message = await self._receive()
        except TimeoutError:
            self._fail(408, "The body came too slowly.")
        self._waited += time.monotonic() - began
        self._note(message)
        if self._came > self._limit:
            self._fail(413, "The body is too large.")
        return message

    def _note(self, message: Message) -> None:
        self._came += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)

    async def send(self, message: Message) -> None:
        if self.fault and not self.is_answering:
            return
        if not self.is_answering:
            self.is_answering = True
            await self.read_off()
        await self._send(message)

    async def read_off(self) -> None:
        """Unless the sender waits to be told to go on (Expect), and then sends nothing."""
        if any(name == b"expect" for name, _ in self._scope["headers"]):
            return
        most = self._came + _LINGER_BYTES
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while not self._is_whole and self._came < most:
                    self._note(await self._receive())

    def _fail(self, status: int, detail: str) -> None:
        self.fault = Problem(status, detail, headers=_CLOSE)
        raise self.fault
