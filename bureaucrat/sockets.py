"""The sockets that are open, so that a stop can cut a wait in another thread short."""

from __future__ import annotations

import contextlib
import socket
import weakref
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class OpenSockets:
    def __init__(self) -> None:
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._closed = False

    def watch(self, session: requests.Session) -> None:
        """Make every connection of `session` known here."""
        adapter = HTTPAdapter()
        adapter.poolmanager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, self),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, self),
        }
        session.mount("http://", adapter)
        session.mount("https://", adapter)

    def add(self, opened: socket.socket) -> None:
        self._open.add(opened)
        if self._closed:
            _cut(opened)

    def close(self) -> None:
        self._closed = True
        for opened in list(self._open):
            _cut(opened)


def _cut(opened: socket.socket) -> None:
    # Below TLS on purpose: TLS's own shutdown is not safe while another thread reads.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


def _pool(pool: type, connection: type, sockets: OpenSockets) -> type:
    def connect(self: Any) -> None:
        connection.connect(self)  # type: ignore[attr-defined]
        sockets.add(self.sock)

    watched = type(f"Watched{connection.__name__}", (connection,), {"connect": connect})
    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": watched})
