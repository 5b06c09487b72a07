"""The load: a few keep-alive connections that ask again as soon as they are answered.

It shares the machine with what it measures, so it is cheap: prebuilt bytes over bare sockets, in a process
of its own (some 0.1 ms a request; a client library took 5 ms for a submission).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar, cast

import uvloop
from uuid_utils.compat import uuid7

_PATIENCE_SECONDS = 30.0
Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


@dataclass(frozen=True)
class Load:
    """`requests` are sent in turn; `{key}` and `{serial}` in them are replaced by what is new each time.

    The `warm_up` seconds before are asked alike and not counted.
    """

    port: int
    requests: Sequence[Sequence[bytes]]
    connections: int
    seconds: float
    warm_up: float = 0.5
    host: str = "127.0.0.1"


@dataclass
class Outcome:
    """`seconds` is what the counted requests took together, `times` what each of them took."""

    seconds: float = 0.0
    times: array[float] = field(default_factory=lambda: array("d"))
    failures: int = 0
    # A few refused answers, to see why.
    refused: list[bytes] = field(default_factory=list)
    sent: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """In milliseconds; 0 when nothing was counted."""
        if not self.times:
            return 0.0
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class _Connection(asyncio.Protocol):
    """One keep-alive connection; its answers have a Content-Length."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._answer = b""
        self._wanted = 0
        self._asked_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._run.lost(self._asked_at)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if not self._wanted:
            head = self._answer.find(b"\r\n\r\n")
            if head < 0:
                return
            self._wanted = head + 4 + _length(self._answer[:head])
        if len(self._answer) >= self._wanted:
            answer, self._answer, self._wanted = self._answer, b"", 0
            self._run.answered(self._asked_at, answer)
            self._ask()

    def _ask(self) -> None:
        if self._transport is None:
            return
        pieces = self._run.next_request()
        if pieces is None:
            self._transport.close()
            return
        self._asked_at = time.perf_counter()
        self._transport.writelines(pieces)


def _length(head: bytes) -> int:
    found = head.lower().find(b"content-length:")
    return int(head[found + 15 :].split(b"\r\n", 1)[0]) if found >= 0 else 0


class _Run:
    def __init__(self, load: Load) -> None:
        self._load = load
        self._begins = time.perf_counter() + load.warm_up
        self._ends = self._begins + load.seconds
        self._last = self._begins
        self._open = load.connections
        self._done = asyncio.Event()
        self.outcome = Outcome()

    def next_request(self) -> list[bytes] | None:
        if time.perf_counter() >= self._ends:
            return None
        serial = self.outcome.sent
        self.outcome.sent += 1
        pieces = self._load.requests[serial % len(self._load.requests)]
        return [filled(piece, serial) for piece in pieces]

    def answered(self, asked_at: float, answer: bytes) -> None:
        moment = time.perf_counter()
        if answer[9:10] != b"2":
            self.outcome.failures += 1
            self.outcome.refused = [*self.outcome.refused, answer[:600]][:3]
        elif asked_at >= self._begins:
            self.outcome.times.append(moment - asked_at)
            self._last = moment

    def lost(self, asked_at: float) -> None:
        """Closed by us at the end, or by the other side too early."""
        if time.perf_counter() < self._ends:
            self.outcome.failures += 1
        self._open -= 1
        if not self._open:
            self._done.set()

    async def go(self) -> Outcome:
        loop = asyncio.get_running_loop()
        for _ in range(self._load.connections):
            await loop.create_connection(lambda: _Connection(self), self._load.host, self._load.port)
        async with asyncio.timeout(self._load.warm_up + self._load.seconds + _PATIENCE_SECONDS):
            await self._done.wait()
        self.outcome.seconds = self._last - self._begins
        return self.outcome


def filled(piece: bytes, serial: int) -> bytes:
    if piece == b"{key}":
        return str(uuid7()).encode()
    return b"%08d" % serial if piece == b"{serial}" else piece


def _drive(load: Load) -> Outcome:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_begin(load))


async def _begin(load: Load) -> Outcome:
    return await _Run(load).go()


class Driver:
    """The process that makes the load."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))

    async def drive(self, load: Load) -> Outcome:
        return await self.run(_drive, load)

    async def run(self, work: Callable[[Asked], Answered], asked: Asked) -> Answered:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, asked)

    def close(self) -> None:
        self._pool.shutdown()


def get(path: str, headers: dict[str, str]) -> list[bytes]:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ["\r\n".join([*lines, "", ""]).encode()]


def submission(token: str, screenshot: bytes) -> list[bytes]:
    """A submission as Бюрократ sends it; its title ends with `load-` and a serial number of eight digits."""
    text = "Не печатает принтер в бухгалтерии, load-"
    before = _part('name="title"') + text.encode()
    between = (
        b"\r\n"
        + _part('name="description"')
        + "С утра мигает красная лампочка, бумага есть, очередь не уходит.\r\n".encode()
        + _part('name="channel"')
        + b"bureaucrat\r\n"
        + _part('name="diagnostics"')
        + b'{"hostname": "PC-017", "os": "Windows 11", "memory_free_mb": 2048}\r\n'
        + _part('name="screenshot"; filename="screen.png"', "image/png")
    )
    after = f"\r\n--{_BOUNDARY}--\r\n".encode()
    length = len(before) + 8 + len(between) + len(screenshot) + len(after)
    head = (
        f"POST /api/v1/submissions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY}\r\nContent-Length: {length}\r\n"
        "Idempotency-Key: "
    )
    return [head.encode(), b"{key}", b"\r\n\r\n" + before, b"{serial}", between, screenshot, after]


_BOUNDARY = "7MA4YWxkTrZu0gW"


def _part(disposition: str, media_type: str = "") -> bytes:
    kind = f"\r\nContent-Type: {media_type}" if media_type else ""
    return f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{kind}\r\n\r\n".encode()
