"""One listener: what waits to be sent to it, never more than a little."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from gateway.live.heard import Heard, may_hear

MOST_WAITING = 256


@dataclass(frozen=True)
class Dressing:
    """How an event is shown: as event `name` with the data of `show`; the same `key` shows the same.

    `heartbeat` says that the connection lives; scripts of a page cannot hear a comment.
    `has_presence`: it is also told who has which ticket open.
    """

    key: str
    name: str
    show: Callable[[Heard], dict[str, Any] | None]
    heartbeat: bytes = b": \n\n"
    has_presence: bool = False


class Connection:
    """`owner` names the session or device it belongs to, and ends with it; `tab`: whose place it keeps."""

    def __init__(self, owner: str, principal: Principal, dressing: Dressing, tab: UUID | None = None) -> None:
        self.owner = owner
        self.principal = principal
        self.tab = tab
        self.is_ended = False
        self._dressing = dressing
        self._waiting: deque[bytes] = deque()
        self._woken = asyncio.Event()

    def offer(self, heard: Heard) -> None:
        if not may_hear(self.principal, heard.event):
            return
        if frame := heard.frame(self._dressing.key, self._dressing.show, self._dressing.name):
            self.push(frame, heard.id)

    @property
    def has_presence(self) -> bool:
        return self._dressing.has_presence and not self.is_ended

    def push(self, frame: bytes, event_id: str) -> None:
        """Who is too slow loses the events, but not the knowledge that they were there."""
        if len(self._waiting) >= MOST_WAITING:
            self.reset(event_id)
            return
        self._waiting.append(frame)
        self._woken.set()

    def reset(self, event_id: str) -> None:
        """Say «you may have missed something: read afresh, then go on from here»."""
        self._waiting.clear()
        self._waiting.append(b"id: %b\nevent: reset\ndata: {}\n\n" % event_id.encode())
        self._woken.set()

    def end(self) -> None:
        self.is_ended = True
        self._woken.set()

    async def take(self, seconds: float) -> bytes:
        """What waits, as soon as something does; empty after so many seconds, or at the end."""
        if not self._waiting and not self.is_ended:
            self._woken.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                return b""
        taken = b"".join(self._waiting)
        self._waiting.clear()
        return taken
