"""Somebody who listens to the live events, as a browser or Бюрократ does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp

from tests.end_to_end.promises.people import Caller

_PATIENCE_SECONDS = 20.0


class Heard(NamedTuple):
    id: str
    event: str
    data: dict[str, Any]


class Listener:
    """Reads a stream of server-sent events (HTML standard, 9.2.6) and remembers what came."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.heard: list[Heard] = []

    async def until(self, wanted: Callable[[Heard], bool]) -> Heard:
        for known in self.heard:
            if wanted(known):
                return known
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                came = await self._next()
                self.heard.append(came)
                if wanted(came):
                    return came

    async def _next(self) -> Heard:
        fields: dict[str, str] = {}
        async for line in self._answer.content:
            text = line.decode().rstrip("\n")
            if not text and "data" in fields:
                data = json.loads(fields["data"] or "{}")
                return Heard(fields.get("id", ""), fields.get("event", "message"), data)
            name, colon, value = text.partition(":")
            if colon and name:
                fields[name] = value.removeprefix(" ")
        raise AssertionError(f"the stream ended; heard {self.heard}")


@asynccontextmanager
async def listening(caller: Caller, last_id: str | None = None) -> AsyncIterator[Listener]:
    headers = {**caller.proof, **({"Last-Event-ID": last_id} if last_id else {})}
    timeout = aiohttp.ClientTimeout(total=None, sock_read=_PATIENCE_SECONDS)
    async with caller.http.get(f"{caller.url}/events", headers=headers, timeout=timeout) as answer:
        assert answer.status == 200
        yield Listener(answer)
