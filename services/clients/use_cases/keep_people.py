"""People are added, changed, archived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.clients_http import NewPerson
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import living_company
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.revise import revise


async def find_person(registry: RegistryStorage, person_id: UUID, staff: Principal) -> Person:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    person = await registry.people.get(person_id)
    if not staff.may_see_company(person.company_id):
        raise NotInRegistryError
    return person


async def add_person(
    registry: RegistryStorage, new: NewPerson, staff: Principal, key: UUID | None, at: datetime
) -> Person:
    """Raises RuleError without such a company, TakenError for an e-mail that somebody there has."""
    await living_company(registry, new.company_id, staff)
    person = Person(id=new_id(), created_at=at, updated_at=at, **new.model_dump())
    return await make_once(registry.people, person, creation_of(staff.id, key, new), by=doer_of(staff))


async def change_person(
    registry: RegistryStorage,
    person_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Person:
    """Raises NotInRegistryError, ConflictError, TakenError."""
    return await revise(
        registry.people,
        lambda: find_person(registry, person_id, staff),
        lambda person: person.change(wanted, at),
        version=version,
        wanted=wanted,
        by=doer_of(staff),
    )
