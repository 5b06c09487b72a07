"""Calling the clients service as somebody, and looking into what it keeps."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

import aiohttp
from fastapi import FastAPI
from multidict import CIMultiDictProxy

from chassis.clock import new_id
from chassis.mongo import Database, Document
from chassis.principal import HEADER, Principal, Signer
from services.clients.store import Registry

_PATIENCE_SECONDS = 30
Found = TypeVar("Found")

ADMIN = Principal(kind="staff", id=new_id(), full_name="Админ", roles=("admin",))
SPECIALIST = Principal(kind="staff", id=new_id(), full_name="Специалист", roles=("specialist",))
GATEWAY = Principal(kind="gateway", id=new_id(), full_name="gateway")


def somebody(role: str, *companies: str) -> Principal:
    """Another member of the staff, maybe limited to companies."""
    limits = tuple(UUID(company) for company in companies) or None
    return Principal(kind="staff", id=new_id(), full_name="Кто-то", roles=(role,), companies=limits)


@dataclass
class Answer:
    status: int
    body: Any
    headers: CIMultiDictProxy[str]

    @property
    def fields(self) -> list[str]:
        """The fields at fault, by a problem's own words."""
        return [error["field"] for error in self.body["errors"]]


class Service:
    """Calls the running service as somebody."""

    def __init__(self, url: str, app: FastAPI, signer: Signer, database: Database) -> None:
        self.url = url
        self.registry: Registry = app.state.registry
        self.database = database
        self._signer = signer
        self._http = aiohttp.ClientSession()

    async def close(self) -> None:
        await self._http.close()

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: Principal | None = ADMIN,
        raw: bytes | AsyncIterator[bytes] | None = None,
        **headers: str,
    ) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent[HEADER] = self._signer.sign(who)
        content: Any = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        if isinstance(content, bytes):
            content = io.BytesIO(content)
        async with self._http.request(method, f"{self.url}{path}", data=content, headers=sent) as answer:
            text = await answer.text()
            return Answer(answer.status, json.loads(text) if text else None, answer.headers)

    async def download(self, path: str, *, who: Principal = ADMIN) -> tuple[int, bytes]:
        async with self._http.get(f"{self.url}{path}", headers={HEADER: self._signer.sign(who)}) as answer:
            return answer.status, await answer.read()

    async def company(self, name: str = "ООО «Проверка»", **fields: Any) -> dict[str, Any]:
        return await self._created("/companies", {"name": name, **fields})

    async def person(self, company: dict[str, Any], full_name: str, **fields: Any) -> dict[str, Any]:
        return await self._created("/people", {"company_id": company["id"], "full_name": full_name, **fields})

    async def code(self, company: dict[str, Any], **fields: Any) -> str:
        code: str = (await self._created(f"/companies/{company['id']}/codes", fields))["code"]
        return code

    async def _created(self, path: str, body: Any) -> dict[str, Any]:
        answer = await self.call("POST", path, body)
        assert answer.status == 201, answer.body
        created: dict[str, Any] = answer.body
        return created

    async def enrol(self, code: str, key: UUID | None = None, **fields: Any) -> Answer:
        said = enrolment(code, **fields)
        if key is None:
            return await self.call("POST", "/devices", said, who=GATEWAY)
        return await self.call("POST", "/devices", said, who=GATEWAY, Idempotency_Key=str(key))

    async def events(self, collection: str, key: str) -> list[dict[str, Any]]:
        """What waits in the outbox of one document, in order."""
        document: Document | None = await self.database[collection].find_one({"_id": UUID(key)})
        assert document is not None
        return [json.loads(pending["body"]) for pending in document.get("outbox", [])]


def enrolment(code: str, **fields: Any) -> dict[str, Any]:
    said = {
        "code": code,
        "full_name": "Новикова Зоя Львовна",
        "email": f"{uuid4().hex[:12]}@proverka.example",
        "phone": "+7 900 000-00-01",
        "hostname": "pc-17",
    }
    return {**said, **fields}


async def eventually(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `look` finds, as soon as it finds it; what is empty or False is nothing."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            if found := await look():
                return found
            await asyncio.sleep(0.05)
