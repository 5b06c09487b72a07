"""A connection as an answer: how long it goes on, and for whom."""

from __future__ import annotations

import asyncio

import pytest
from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.types import Message

from chassis.clock import new_id
from chassis.principal import Principal
from chassis.problems import Problem
from gateway.access.viewers import StaffSession
from gateway.live import stream
from gateway.live.connection import Dressing
from gateway.live.hub import Hub
from gateway.live.stream import STAFF_EVENTS, live_answer
from gateway.web.live_views import rows_in
from tests.unit.gateway.tickets import heard

_SCOPE = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "path": "/api/v1/events"}
_PATIENCE = 30.0


class Listening:
    """One listener's stream; `says` is what the question whether they may still listen is answered."""

    def __init__(self, hub: Hub, dressing: Dressing = STAFF_EVENTS) -> None:
        self.says: bool | Problem = True
        self.got = b""
        self._came = asyncio.Event()
        who = Principal(kind="staff", id=new_id(), full_name="Кто-то")
        session = StaffSession(who.id, "login", who.full_name, (), who, "", "key")
        request = Request({**_SCOPE})
        answer = live_answer(request, hub, session, dressing, self._still_there)
        self.running = asyncio.create_task(answer({**_SCOPE}, self._receive, self._send))

    async def until_got(self, what: str) -> None:
        async with asyncio.timeout(_PATIENCE):
            while what.encode() not in self.got:
                self._came.clear()
                await self._came.wait()

    async def _still_there(self) -> bool:
        if isinstance(self.says, Problem):
            raise self.says
        return self.says

    async def _receive(self) -> Message:
        await asyncio.Event().wait()
        raise AssertionError("nobody leaves")

    async def _send(self, message: Message) -> None:
        self.got += message.get("body", b"")
        self._came.set()


@pytest.fixture
def hub() -> Hub:
    return Hub(CollectorRegistry(), most=10)


@pytest.fixture(autouse=True)
def _asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ASKED_EVERY_SECONDS", 0.0)


async def test_who_may_no_longer_listen_hears_nothing_more_however_much_is_said(hub: Hub) -> None:
    listening, before, after = Listening(hub), heard(), heard()
    await listening.until_got("retry")
    hub.publish(before)
    await listening.until_got(before.id)

    listening.says = False
    hub.publish(after)

    async with asyncio.timeout(_PATIENCE):
        await listening.running
    assert after.id.encode() not in listening.got


async def test_a_question_nobody_can_answer_just_now_ends_nothing(hub: Hub) -> None:
    listening, event = Listening(hub), heard()
    await listening.until_got("retry")

    listening.says = Problem(429)
    hub.publish(event)

    await listening.until_got(event.id)
    listening.running.cancel()
    await asyncio.gather(listening.running, return_exceptions=True)


async def test_what_was_said_before_the_end_is_still_heard(hub: Hub) -> None:
    listening, event = Listening(hub), heard()
    await listening.until_got("retry")
    hub.publish(event)

    hub.end("key")

    async with asyncio.timeout(_PATIENCE):
        await listening.running
    assert event.id.encode() in listening.got


async def test_when_nothing_happens_the_page_and_the_api_hear_that_the_connection_lives(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    page, api = Listening(hub, rows_in("ru")), Listening(hub)
    await page.until_got("event: alive\ndata: {}\n\n")
    await api.until_got("\n\n: \n\n")
    for listening in (page, api):
        listening.running.cancel()
        await asyncio.gather(listening.running, return_exceptions=True)
