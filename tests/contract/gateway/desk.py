"""Coming to the running gateway as somebody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from fastapi import FastAPI
from multidict import CIMultiDictProxy

from chassis.broker import Publisher
from chassis.clock import new_id, now
from contracts.envelope import Event, envelop
from gateway.parts import Parts
from tests.contract.gateway.services import CODE, Services

_PATIENCE_SECONDS = 30
Found = TypeVar("Found")


@dataclass
class Answer:
    status: int
    body: Any
    headers: CIMultiDictProxy[str]


class Browser:
    """Keeps cookies; after signing in it sends the CSRF token with each write, unless told otherwise."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.csrf = ""
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def close(self) -> None:
        await self.http.close()

    async def call(
        self, method: str, path: str, body: Any = None, *, data: Any = None, **headers: str
    ) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.csrf and method != "GET":
            sent.setdefault("X-CSRF-Token", self.csrf)
        async with self.http.request(
            method, f"{self.url}{path}", json=body, data=data, headers=sent
        ) as answer:
            text = await answer.text()
            is_json = "json" in answer.headers.get("Content-Type", "")
            return Answer(answer.status, json.loads(text) if is_json and text else text, answer.headers)

    async def sign_in(self, login: str = "specialist", password: str = "demo") -> Answer:  # noqa: S107
        body = {"login": login, "password": password}
        answer = await self.call("POST", "/api/v1/session", body)
        if answer.status == 200:
            self.csrf = answer.body["csrf_token"]
        return answer

    @asynccontextmanager
    async def events(self, path: str = "/api/v1/events", **headers: str) -> AsyncIterator[Listening]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.get(f"{self.url}{path}", headers=sent) as answer:
            assert answer.status == 200, answer.status
            yield Listening(answer)


class Listening:
    """Reads server-sent events one by one."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[str, str, Any]:
        """(id, event, data); what has no data is passed over, but its id counts."""
        event, data, event_id = "message", None, ""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while line := await self._answer.content.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "id":
                    event_id = value
                elif name == "event":
                    event = value
                elif name == "data":
                    data = json.loads(value)
                elif not name and data is not None:
                    return event_id, event, data
        raise EOFError

    async def opening(self) -> str:
        """The id with which a connection begins."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while line := await self._answer.content.readline():
                if line.startswith(b"id: "):
                    return line.decode().removeprefix("id: ").strip()
        raise EOFError

    async def ended(self) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while await self._answer.content.readline():
                pass


@dataclass
class Desk:
    """The running gateway, what is behind it, and a way to say events to it."""

    url: str
    app: FastAPI
    services: Services
    publisher: Publisher

    @property
    def parts(self) -> Parts:
        parts: Parts = self.app.state.parts
        return parts

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        browser = Browser(self.url)
        try:
            yield browser
        finally:
            await browser.close()

    @asynccontextmanager
    async def specialist(self, login: str = "specialist") -> AsyncIterator[Browser]:
        async with self.browser() as browser:
            answer = await browser.sign_in(login)
            assert answer.status == 200, answer.body
            yield browser

    async def enrol(self) -> dict[str, Any]:
        async with self.browser() as browser:
            said = {"code": CODE, "full_name": "Новикова Зоя Львовна", "email": "a@b.example", "phone": "112"}
            answer = await browser.call("POST", "/api/v1/devices", {**said, "hostname": "pc-17"})
            assert answer.status == 201, answer.body
            device: dict[str, Any] = answer.body
            return device

    async def say(self, event: Event) -> str:
        """Publish an event as its service would; returns its id."""
        event_id = new_id()
        body = envelop(event, event_id=event_id, time=now()).model_dump_json().encode()
        await self.publisher.publish_event(
            body, event_id=event_id, event_type=event.TYPE, traceparent=None, must_be_heard=False
        )
        return str(event_id)


async def eventually(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `look` finds, as soon as it finds it; what is empty or False is nothing."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            if found := await look():
                return found
            await asyncio.sleep(0.05)
