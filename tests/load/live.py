"""How long until an open list shows what was submitted: a page's live connection, beside a steady stream."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import uvloop

from tests.load.wire import Outcome, filled, get

_SERIAL = re.compile(rb"load-(\d{8})")
_LONGEST_TAIL = 64
_PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Stream:
    """`requests` are submissions, sent in turn `per_second` times a second; `headers` a signed-in page's."""

    port: int
    requests: Sequence[Sequence[bytes]]
    headers: dict[str, str]
    per_second: float
    count: int
    connections: int = 8


@dataclass
class Seen:
    """`from_accepted`: from the answer 202; `from_sent`: from the first byte of the request."""

    from_accepted: Outcome = field(default_factory=Outcome)
    from_sent: Outcome = field(default_factory=Outcome)


def watch_live(stream: Stream) -> Seen:
    """For the driver's process."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_Watch(stream).go())


class _Watch:
    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._sent: dict[int, float] = {}
        self._accepted: dict[int, float] = {}
        self._shown: dict[int, float] = {}
        self._failures = 0

    async def go(self) -> Seen:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._stream.port)
        writer.write(b"".join(get("/live", self._stream.headers)))
        await reader.readuntil(b"\n\n")
        listening = asyncio.create_task(self._listen(reader))
        began = time.perf_counter()
        senders = [self._send(began, first) for first in range(self._stream.connections)]
        await asyncio.gather(*senders)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await listening
        writer.close()
        return self._seen()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        tail = b""
        while len(self._shown) < self._stream.count - self._failures:
            data = await reader.read(65536)
            if not data:
                return
            moment = time.perf_counter()
            for serial in map(int, _SERIAL.findall(tail + data)):
                # Rows of an earlier load may still be coming in.
                if serial in self._sent:
                    self._shown.setdefault(serial, moment)
            tail = (tail + data)[-_LONGEST_TAIL:]

    async def _send(self, began: float, first: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._stream.port)
        for serial in range(first, self._stream.count, self._stream.connections):
            await asyncio.sleep(max(0.0, began + serial / self._stream.per_second - time.perf_counter()))
            pieces = self._stream.requests[serial % len(self._stream.requests)]
            self._sent[serial] = time.perf_counter()
            writer.writelines([filled(piece, serial) for piece in pieces])
            head = await reader.readuntil(b"\r\n\r\n")
            self._accepted[serial] = time.perf_counter()
            length = re.search(rb"(?i)content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            self._failures += head[9:12] != b"202"
        writer.close()

    def _seen(self) -> Seen:
        seen = Seen()
        for serial, shown in self._shown.items():
            seen.from_accepted.times.append(max(0.0, shown - self._accepted[serial]))
            seen.from_sent.times.append(shown - self._sent[serial])
        for outcome in (seen.from_accepted, seen.from_sent):
            outcome.failures = self._failures + len(self._sent) - len(self._shown)
            outcome.seconds = self._stream.count / self._stream.per_second
        return seen
