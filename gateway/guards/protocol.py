"""HTTP as uvicorn reads it, with bounds on how large a request's head may be and how long it may take."""

from __future__ import annotations

import asyncio
from typing import Any

import httptools
import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32 * 1024
_HEAD_SECONDS = 15.0
_TITLES = {400: b"Bad Request", 408: b"Request Timeout", 431: b"Request Header Fields Too Large"}


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn bounds neither: a head that never ends would take memory, one that never comes a connection."""

    _head_bytes = 0
    _named_bytes = 0
    _head_deadline: asyncio.TimerHandle | None = None
    _in_head = True

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_deadline is None:
                self._await_head()
        super().data_received(data)
        # A first piece of the body that came along is counted too: hence a chunk more is allowed.
        if self._in_head and self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(431)

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._count(len(name) + len(value))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._named_bytes = 0

    def on_headers_complete(self) -> None:
        self._head_came()
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head = True
        self._head_bytes = 0

    def send_400_response(self, msg: str) -> None:
        self._refuse(431 if self._named_bytes > LARGEST_HEAD else 400)

    def _count(self, size: int) -> None:
        self._named_bytes += size
        if self._named_bytes > LARGEST_HEAD:
            raise httptools.HttpParserError("the head is too large")

    def _await_head(self) -> None:
        self._head_deadline = self.loop.call_later(_HEAD_SECONDS, self._head_is_late)

    def _head_came(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None

    def _head_is_late(self) -> None:
        if self.transport.is_closing():
            return
        if self._head_bytes:
            self._refuse(408)
        else:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        title = _TITLES[status]
        problem = {
            "type": "about:blank",
            "title": title.decode(),
            "status": status,
            "detail": "",
            "errors": [],
        }
        body = orjson.dumps(problem)
        self.transport.write(
            b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n"
            b"x-content-type-options: nosniff\r\nconnection: close\r\n\r\n%b"
            % (status, title, len(body), body)
        )
        self.transport.close()
