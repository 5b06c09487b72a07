"""The demo's clients."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import new_id, now
from services.clients.demo import seed_demo
from services.clients.domain.company import Company
from services.clients.domain.contract import holding_on
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import day_of
from services.clients.store import Registry
from services.clients.use_cases.hand_out_codes import whose_code
from services.clients.use_cases.tell_terms import tell_terms

_LEAST = {"companies": 30, "people": 580, "equipment": 2000, "credentials": 800, "contracts": 60}


async def test_an_empty_registry_is_filled_once_however_many_start(registry: Registry) -> None:
    await asyncio.gather(*(seed_demo(registry) for _ in range(3)))
    await seed_demo(registry)
    assert await registry.companies.collection.count_documents({}) == 8
    assert await registry.people.collection.count_documents({}) == 60
    pieces = registry.equipment.collection
    assert await pieces.count_documents({"kind": "workstation"}) == 62
    assert (await whose_code(registry, "demo", now())).short_name == "Северный ветер"


async def test_what_was_cut_off_goes_on_and_what_is_somebody_elses_is_left_alone(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, times = registry.in_transaction, 0

    async def some(work: Callable[[RegistryStorage], Awaitable[None]]) -> None:
        nonlocal times
        times += 1
        if times == 4:
            raise ConnectionError
        await whole(work)

    monkeypatch.setattr(registry, "in_transaction", some)
    with pytest.raises(ConnectionError):
        await seed_demo(registry)
    companies = registry.companies.collection
    assert await companies.count_documents({}) == 3
    monkeypatch.undo()
    await seed_demo(registry)
    assert await companies.count_documents({}) == 8
    await companies.delete_many({})
    company = Company(id=new_id(), name="Настоящая", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    await seed_demo(registry)
    assert await companies.count_documents({}) == 1


async def test_all_of_it_is_announced(registry: Registry) -> None:
    await seed_demo(registry)
    for collection in registry.announcing:
        async for document in collection.find({}):
            assert len(document["outbox"]) == 1


async def test_each_company_has_somebody_in_charge(registry: Registry) -> None:
    await seed_demo(registry)
    managed = await registry.people.collection.distinct("company_id", {"is_manager": True})
    assert len(managed) == 8


async def test_its_papers_keep_the_rules_and_some_come_to_their_end(registry: Registry) -> None:
    await seed_demo(registry)
    today = day_of(now(), ZoneInfo("Europe/Moscow"))
    async for document in registry.companies.collection.find({}):
        contracts = await registry.contracts.alone(document["_id"])
        for contract in contracts:
            contract.must_fit_among(contracts)
        assert holding_on(contracts, today)
    async for document in registry.licences.collection.find({}):
        registry.licences.restore(document).must_suffice()
    assert await tell_terms(registry, today, now()) > 5


async def test_the_large_one_is_as_much_as_an_outsourcer_looks_after(registry: Registry) -> None:
    await seed_demo(registry, is_large=True)
    kept = {name: await registry.companies.collection.database[name].count_documents({}) for name in _LEAST}
    assert {name: count for name, count in kept.items() if count < _LEAST[name]} == {}
    people = registry.people.collection
    emails = await people.distinct("recognised_by")
    assert len(emails) == await people.count_documents({})
