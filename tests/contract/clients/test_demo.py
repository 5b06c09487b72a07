"""The demo's clients."""

from __future__ import annotations

import asyncio

from chassis.clock import now
from services.clients.demo import seed_demo
from services.clients.store import Registry
from services.clients.use_cases.hand_out_codes import whose_code


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
