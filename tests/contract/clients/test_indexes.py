"""What is looked up by one value is found by its index, however many others there are."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id, now
from services.clients.domain.company import Company
from services.clients.domain.creation import Creation
from services.clients.domain.listing import Wanted
from services.clients.domain.person import Person
from services.clients.store import Registry

_OTHERS = 50


@pytest.fixture
async def company(registry: Registry) -> Company:
    """With people whom nobody looks for."""
    company = Company(id=new_id(), name="ООО «Индекс»", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    for number in range(_OTHERS):
        person = Person(
            id=new_id(),
            company_id=company.id,
            full_name=f"Другой {number}",
            email=f"other{number}@index.example",
            created_at=now(),
            updated_at=now(),
        )
        creation = Creation(key=f"key {number}", body="")
        await registry.people.add(person, person.take_events(), creation)
    return company


async def _examined(registry: Registry) -> int:
    """How many documents the profiled calls have read."""
    found = registry.people.collection.database["system.profile"].find({"ns": {"$regex": r"\.people$"}})
    return sum([entry.get("docsExamined", 0) async for entry in found])


async def test_a_key_used_before_and_a_person_are_found_without_reading_others(
    registry: Registry, company: Company
) -> None:
    database = registry.people.collection.database
    profile: dict[str, Any] = {"filter": {"ns": f"{database.name}.people"}}
    await database.command("profile", 2, **profile)
    assert await registry.people.made_by(Creation(key="key 7", body=""))
    assert await registry.people.enrolling(company.id, "other7@index.example")
    for ways in ({"recognised_by": "other7@index.example"}, {"sort_name": "другой 7"}):
        assert len(await registry.people.having({"company_id": company.id}, ways)) == 1
    assert await registry.people.having({"company_id": company.id}, {"sort_name": "никто"}) == []
    await database.command("profile", 0)
    assert await _examined(registry) <= 4


async def test_who_is_looked_for_by_words_is_found_without_reading_others(
    registry: Registry, company: Company
) -> None:
    database = registry.people.collection.database
    await database.command("profile", 2, filter={"ns": f"{database.name}.people"})
    one = await registry.people.some(Wanted(words=("other7",), limit=8))
    few = await registry.people.some(Wanted(words=("друг",), limit=3))
    slip = await registry.people.some(Wanted(words=(("другой", "другие"), "other8"), limit=8))
    none = await registry.people.some(Wanted(words=("никт",), limit=8))
    await database.command("profile", 0)
    assert [len(found) for found in (one, few, slip, none)] == [1, 3, 1, 0]
    # «друг» stops at the third of fifty; of two words the rarer one is looked up.
    assert await _examined(registry) <= 1 + 3 + 8


async def test_words_and_their_slips_are_found_without_reading_others(
    registry: Registry, company: Company
) -> None:
    database = registry.people.collection.database
    await registry.words.learn(f"слово{chr(ord('а') + at)}{chr(ord('а') + at // 5)}" for at in range(30))
    await database.command("profile", 2, filter={"ns": f"{database.name}.words"})
    assert await registry.words.beginning_with("дру") == ["другой"]
    assert await registry.words.meant_by("дургой") == ["другой"]
    await database.command("profile", 0)
    found = database["system.profile"].find({"ns": f"{database.name}.words"})
    assert sum([entry.get("docsExamined", 0) async for entry in found]) <= 2
