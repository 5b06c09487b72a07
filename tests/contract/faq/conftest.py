"""The faq service on a real MongoDB; without RabbitMQ, so that its events wait in the outbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.clock import new_id
from chassis.mongo import Database, connect, database
from chassis.principal import Principal
from services.faq.app import build_app
from services.faq.settings import FaqSettings
from services.faq.store import Library
from tests.contract.serving import Answer, Calling, production_settings, serving

SPECIALIST = Principal(kind="staff", id=new_id(), full_name="Орлов Пётр", roles=("specialist",))
DISPATCHER = Principal(kind="staff", id=new_id(), full_name="Белова Анна", roles=("dispatcher",))
DEVICE = Principal(
    kind="device", id=new_id(), full_name="Иванова Мария", person_id=new_id(), company_id=new_id()
)


class Faq:
    """The service, and what it keeps."""

    def __init__(self, calling: Calling, kept: Database) -> None:
        self._calling = calling
        self.kept = kept
        self.library = Library(kept.client, kept)

    async def __call__(
        self, method: str, path: str, body: Any = None, *, who: Principal | None = DISPATCHER, **headers: str
    ) -> Answer:
        return await self._calling(method, path, body, who=who, **headers)

    async def article(self, title: str, body: str = "Включите и выключите.", **fields: Any) -> dict[str, Any]:
        """A published one, unless said otherwise."""
        given = {"title": title, "body": body, "status": "published", **fields}
        answer = await self("POST", "/articles", given)
        assert answer.status == 201, answer.body
        return dict(answer.body)

    async def titles(self, query: str, **more: str) -> list[str]:
        answer = await self("GET", f"/articles?q={query}")
        assert answer.status == 200, answer.body
        return [item["title"] for item in answer.body["items"]]

    async def events(self, collection: str, key: str) -> list[dict[str, Any]]:
        """What waits in the outbox of one document, in order."""
        document = await self.kept[collection].find_one({"_id": UUID(key)})
        assert document is not None
        return [json.loads(pending["body"]) for pending in document.get("outbox", [])]


@pytest.fixture
async def faq(mongo_url: str) -> AsyncIterator[Faq]:
    """On a database of its own."""
    client = connect(mongo_url)
    kept = database(client, f"faq_{uuid4().hex[:8]}")
    app = build_app(production_settings(FaqSettings, mongo_url, kept.name))
    async with serving(app) as calling:
        yield Faq(calling, kept)
    await client.drop_database(kept.name)
    await client.close()
