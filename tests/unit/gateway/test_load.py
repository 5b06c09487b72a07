"""Work in hand is bounded by kind, and by who hangs on to it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from gateway.guards.load import LoadGuard
from gateway.settings import GatewaySettings

SETTINGS = GatewaySettings.model_construct(requests_at_once=4, uploads_at_once=2, streams_at_once=6)


class Desk:
    """Answers only when it is let go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()
        self.guard = LoadGuard(self._app, settings=SETTINGS)
        self.under_way = list[asyncio.Task[int]]()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.let_go.wait()
        await PlainTextResponse("done")(scope, receive, send)

    async def hold(self, count: int, address: str, path: str = "/tickets", **more: Any) -> None:
        self.under_way += [asyncio.create_task(self.ask(address, path, **more)) for _ in range(count)]
        await asyncio.sleep(0)

    async def ask(
        self, address: str, path: str = "/tickets", *, method: str = "GET", query: bytes = b""
    ) -> int:
        sent = list[Message]()

        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": []}
        await self.guard({**scope, "client": (address, 5000)}, receive, send)
        status: int = sent[0]["status"]
        return status

    async def end(self) -> list[int]:
        self.let_go.set()
        return await asyncio.gather(*self.under_way)


async def test_beyond_the_bound_one_is_asked_to_come_again() -> None:
    desk = Desk()
    for number in range(4):
        await desk.hold(1, f"192.0.2.{number}")

    assert await desk.ask("192.0.2.9") == 503
    assert await desk.end() == [200] * 4
    assert await desk.ask("192.0.2.9") == 200


@pytest.mark.parametrize(
    ("path", "method", "half"),
    [("/tickets", "GET", 2), ("/api/v1/submissions", "POST", 1), ("/api/v1/events", "GET", 3)],
)
async def test_one_address_that_hangs_on_to_all_it_gets_leaves_half_to_the_others(
    path: str, method: str, half: int
) -> None:
    desk = Desk()
    await desk.hold(10, "2001:db8::1", path, method=method)
    await desk.hold(10, "2001:db8::2", path, method=method)
    await desk.hold(1, "192.0.2.1", path, method=method)

    assert (await desk.end()) == [200] * half + [503] * (20 - half) + [200]


async def test_only_who_may_wait_counts_as_waiting() -> None:
    desk = Desk()
    await desk.hold(2, "192.0.2.1")

    assert await desk.ask("192.0.2.1", "/tickets", query=b"wait=10") == 503
    await desk.hold(1, "192.0.2.1", "/api/v1/submissions/1", query=b"wait=10")
    assert await desk.end() == [200] * 3
