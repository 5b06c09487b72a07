"""Coming to the running product as somebody: staff with a session, a device with a token, or nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import aiohttp
from multidict import CIMultiDictProxy

from chassis.clock import new_id

PATIENCE_SECONDS = 30
Found = TypeVar("Found")
_people = count(1)


@dataclass
class Answer:
    status: int
    body: Any
    headers: CIMultiDictProxy[str]

    @property
    def is_problem(self) -> bool:
        """Whether it is RFC 9457, as every refusal has to be."""
        is_said = self.headers["Content-Type"] == "application/problem+json"
        return is_said and {"type", "title", "status", "detail", "errors"} <= self.body.keys()


class Caller:
    """`address` is the loopback address one comes from: who misbehaves is slowed by theirs."""

    def __init__(
        self, url: str, headers: Mapping[str, str] | None = None, address: str = "127.0.0.1"
    ) -> None:
        self.url = url
        self.secrets: list[str] = []
        self._headers = dict(headers or {})
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=aiohttp.TCPConnector(local_addr=(address, 0)),
            timeout=aiohttp.ClientTimeout(total=2 * PATIENCE_SECONDS),
        )

    async def close(self) -> None:
        await self._http.close()

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}

    @property
    def headers(self) -> Mapping[str, str]:
        return self._headers

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """`path` is under /api/v1 unless it names its own root; `body` is sent as JSON, `data` as it is."""
        sent = {**self._headers, **(headers or {})}
        async with self._http.request(
            method, self._address(path), json=body, data=data, headers=sent
        ) as answer:
            content = await answer.read()
            is_json = "json" in answer.headers.get("Content-Type", "")
            return Answer(
                answer.status, json.loads(content) if is_json and content else content, answer.headers
            )

    async def get(self, path: str) -> Any:
        return await self._good("GET", path)

    async def post(self, path: str, body: Any, *, key: UUID | str | None = None) -> Any:
        return await self._good("POST", path, body, headers={"Idempotency-Key": str(key)} if key else None)

    async def patch(self, path: str, body: Any, **headers: str) -> Any:
        return await self._good("PATCH", path, body, headers=headers)

    async def _good(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        answer = await self.call(method, path, body, **options)
        assert answer.status < 300, (method, path, answer.status, answer.body)
        return answer.body

    def _address(self, path: str) -> str:
        return self.url + ("" if path.startswith("/api/") else "/api/v1") + path

    async def sign_in(self, login: str, password: str = "demo") -> dict[str, Any]:  # noqa: S107
        signed_in = await self.post("/session", {"login": login, "password": password})
        self._headers["X-CSRF-Token"] = signed_in["csrf_token"]
        staff: dict[str, Any] = signed_in["staff"]
        return staff

    @asynccontextmanager
    async def listening(self, last_event_id: str = "") -> AsyncIterator[Listening]:
        headers = {**self._headers, **({"Last-Event-ID": last_event_id} if last_event_id else {})}
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=PATIENCE_SECONDS)
        async with self._http.get(self._address("/events"), headers=headers, timeout=timeout) as answer:
            assert answer.status == 200, answer.status
            yield Listening(answer)


@dataclass(frozen=True)
class Heard:
    id: str
    event: str
    data: Any


class Listening:
    """Reads server-sent events one by one."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.last_id = ""

    async def opening(self) -> str:
        """Until the stream says where it begins: what happens from now on is heard."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while line := await self._answer.content.readline():
                if line.startswith(b"id: "):
                    self.last_id = line.decode().removeprefix("id: ").strip()
                    return self.last_id
        raise EOFError

    async def until(self, wanted: Callable[[Heard], object]) -> list[Heard]:
        """Everything heard up to and with the first that is wanted."""
        heard = [await self._next()]
        while not wanted(heard[-1]):
            heard.append(await self._next())
        return heard

    async def ended(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._answer.content.readline():
                pass

    async def _next(self) -> Heard:
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE_SECONDS):
            while line := await self._answer.content.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name in ("id", "event", "data"):
                    fields[name] = value
                elif not name and "data" in fields:
                    self.last_id = fields["id"]
                    return Heard(fields["id"], fields["event"], json.loads(fields["data"]))
        raise EOFError


class Device(Caller):
    """A Bureaucrat of one employee."""

    def __init__(self, url: str, enrolled: dict[str, Any], address: str = "127.0.0.1") -> None:
        super().__init__(url, {"Authorization": f"Bearer {enrolled['token']}"}, address)
        self.enrolled = enrolled
        self.id: str = enrolled["device_id"]
        self.person: dict[str, Any] = enrolled["person"]
        self.company: dict[str, Any] = enrolled["company"]

    async def submit(self, title: str, description: str = "", *, key: str = "", **more: Any) -> Any:
        key = key or str(new_id())
        return await self.post("/submissions", {"title": title, "description": description, **more}, key=key)

    async def numbered(self, submission_id: str) -> Any:
        """The submission once its ticket has a number."""
        submission = await self.get(f"/submissions/{submission_id}?wait=20")
        assert submission["number"], submission
        return submission


def somebody(code: str = "DEMO") -> dict[str, str]:
    """What a newcomer says of themselves; nobody says the same twice."""
    n = next(_people)
    return {
        "code": code,
        "full_name": f"Лисицына Вера {n}",
        "email": f"lisitsyna-{n}-{new_id()}@example.ru",
        "phone": "+7 900 123-45-67",
        "hostname": f"PC-{n:03}",
    }


async def eventually(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `look` finds, as soon as it finds it; what is empty or False is nothing."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if found := await look():
                return found
            await asyncio.sleep(0.05)
