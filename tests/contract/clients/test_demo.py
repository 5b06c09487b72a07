"""The demo's clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from chassis.clock import now
from chassis.mongo import connect, database
from services.clients.demo import seed_demo
from services.clients.store import Registry
from services.clients.use_cases.hand_out_codes import whose_code


@pytest.fixture
async def registry(mongodb_url: str) -> AsyncIterator[Registry]:
    client = connect(mongodb_url)
    kept = Registry(client, database(client, f"clients_{uuid4().hex[:8]}"))
    await kept.prepare()
    yield kept
    await client.drop_database(kept.companies.collection.database.name)
    await client.close()


async def test_an_empty_registry_is_filled_once_however_many_start(registry: Registry) -> None:
    await asyncio.gather(*(seed_demo(registry) for _ in range(3)))
    await seed_demo(registry)
    assert await registry.companies.collection.count_documents({}) == 8
    assert await registry.people.collection.count_documents({}) == 60
    assert (await whose_code(registry, "demo", now())).short_name == "Северный ветер"


async def test_all_of_it_is_announced(registry: Registry) -> None:
    await seed_demo(registry)
    for collection in (registry.companies.collection, registry.people.collection):
        async for document in collection.find({}):
            assert len(document["outbox"]) == 1


async def test_each_company_has_somebody_in_charge(registry: Registry) -> None:
    await seed_demo(registry)
    managed = await registry.people.collection.distinct("company_id", {"is_manager": True})
    assert len(managed) == 8
