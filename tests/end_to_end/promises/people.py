"""Who the stories are about: an employee with an enrolled computer, and a member of the staff."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp
from PIL import Image

from chassis.clock import new_id


class Answer(NamedTuple):
    status: int
    headers: Any
    body: Any


class Caller:
    """Somebody who calls the public API, and what proves who he is."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = f"{url}/api/v1"
        self.proof: dict[str, str] = {}

    async def call(self, method: str, path: str, **options: Any) -> Answer:
        headers = {**self.proof, **options.pop("headers", {})}
        async with self.http.request(method, self.url + path, headers=headers, **options) as answer:
            is_json = "json" in answer.content_type
            return Answer(answer.status, answer.headers, await (answer.json() if is_json else answer.read()))

    async def done(self, method: str, path: str, **options: Any) -> Any:
        """The body of an answer that must be a success."""
        answer = await self.call(method, path, **options)
        assert answer.status < 300, answer
        return answer.body


class Employee(Caller):
    device: dict[str, Any]
    email: str

    async def enrol(self, full_name: str = "Новикова Анна Сергеевна", code: str = "DEMO") -> None:
        self.email = f"{new_id()}@example.ru"
        wanted = {
            "code": code,
            "full_name": full_name,
            "email": self.email,
            "phone": "+7 900 123-45-67",
            "hostname": "BUH-PC-07",
        }
        self.device = await self.done("POST", "/devices", json=wanted)
        self.proof = {"Authorization": f"Bearer {self.device['token']}"}

    async def submit(self, title: str, *, picture: bytes | None = None, **fields: str) -> dict[str, Any]:
        """Send it and wait for the number."""
        key = str(new_id())
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in {"title": title, **fields}.items():
            form.add_field(name, value)
        if picture:
            form.add_field("screenshot", picture, filename="screen.png", content_type="image/png")
        await self.done("POST", "/submissions", data=form, headers={"Idempotency-Key": key})
        numbered: dict[str, Any] = await self.done("GET", f"/submissions/{key}?wait=20")
        return numbered


class Specialist(Caller):
    staff: dict[str, Any]

    async def sign_in(self, login: str = "specialist") -> None:
        session = await self.done("POST", "/session", json={"login": login, "password": "demo"})
        self.staff = session["staff"]
        self.proof = {"X-CSRF-Token": session["csrf_token"]}


def picture(colour: str = "teal") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(kept, "PNG")
    return kept.getvalue()


@asynccontextmanager
async def employee_at(url: str, **options: str) -> AsyncIterator[Employee]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        employee = Employee(http, url)
        await employee.enrol(**options)
        yield employee


@asynccontextmanager
async def specialist_at(url: str, login: str = "specialist") -> AsyncIterator[Specialist]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        specialist = Specialist(http, url)
        await specialist.sign_in(login)
        yield specialist
