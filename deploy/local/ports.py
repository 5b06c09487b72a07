"""A block of ports for one running product, so that several can run beside each other."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DEFAULT_BASE = 8080
_BLOCK = 20
_LAST_BASE = 60_000


@dataclass(frozen=True)
class Ports:
    """What each port of a block is for."""

    base: int

    @property
    def gateway(self) -> int:
        return self.base

    def gateway_internal(self, replica: int = 0) -> int:
        """Of further replicas: the last ports before the servers'."""
        return self.base + 1 if replica == 0 else self.base + 16 - replica

    def service(self, position: int) -> int:
        """Ports of the services behind the gateway, replicas included."""
        return self.base + 2 + position

    @property
    def mongo(self) -> int:
        return self.base + 16

    @property
    def amqp(self) -> int:
        return self.base + 17

    @property
    def erlang(self) -> int:
        return self.base + 18

    @property
    def epmd(self) -> int:
        return self.base + 19


@contextlib.contextmanager
def claimed_ports(first: int | None = None) -> Iterator[Ports]:
    """The first free block from `first` on (HELPDESK_PORT_BASE, else 8080), ours as long as we hold it.

    A lock file keeps two starts at the same moment apart, before either of them listens.
    """
    base = first or int(os.environ.get("HELPDESK_PORT_BASE", DEFAULT_BASE))
    while base < _LAST_BASE:
        with contextlib.ExitStack() as stack:
            if _lock(stack, base) and all(_is_free(port) for port in range(base, base + _BLOCK)):
                yield Ports(base)
                return
        base += _BLOCK
    raise RuntimeError("no free block of ports on this machine")


def _lock(stack: contextlib.ExitStack, base: int) -> bool:
    path = Path(tempfile.gettempdir()) / f"helpdesk-ports-{os.getuid()}-{base}.lock"
    handle = stack.enter_context(path.open("w"))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
