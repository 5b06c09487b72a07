"""What is known of a client around one ticket: several parts, each on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog

from chassis.principal import Principal
from contracts.equipment import EquipmentKind
from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.licence import Licence, most_telling
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")
_MOST_LICENCES, _MOST_CREDENTIALS = 8, 12
_MOST_OF_PERSON, _MOST_OF_NETWORK = 6, 10
# What others hang on comes first: a client with many access points still shows its router.
_NETWORK: tuple[EquipmentKind, ...] = ("router", "server", "switch", "access_point")
_LOOKED_THROUGH = 200


@dataclass(frozen=True)
class Context:
    """None: could not be read; `contract` is then told from «there is none» by `has_contract`."""

    company: Company | None
    person: Person | None
    has_contract: bool
    contract: Contract | None
    equipment: list[Equipment] | None
    credentials: list[Credential] | None
    licences: list[Licence] | None


async def see_context(
    registry: RegistryStorage,
    company_id: UUID,
    person_id: UUID | None,
    equipment_id: UUID | None,
    staff: Principal,
    today: date,
) -> Context:
    """Raises NotInRegistryError, alike for a company that is not there and one that is not the caller's."""
    if not staff.may_see_company(company_id):
        raise NotInRegistryError
    users = frozenset(one for one in (person_id, equipment_id) if one)
    company, person, contract, equipment, credentials, licences = await asyncio.gather(
        _part("company", _company(registry, company_id)),
        _part("person", _person(registry, company_id, person_id)),
        _part("contract", _contracts(registry, company_id, today)),
        _part("equipment", _equipment(registry, company_id, person_id, equipment_id)),
        _part("credentials", _credentials(registry, company_id, person_id, equipment_id)),
        _part("licences", _licences(registry, company_id, users, today)),
    )
    if company is not None and not company:
        raise NotInRegistryError
    return Context(
        company=company[0] if company else None,
        person=person[0] if person else None,
        has_contract=contract is not None,
        contract=contract[0] if contract else None,
        equipment=equipment,
        credentials=credentials,
        licences=licences,
    )


async def _part(name: str, reading: Awaitable[list[_T]]) -> list[_T] | None:
    """None when it fails, whatever the reason: the specialist needs the rest now, and we the reason."""
    try:
        return await reading
    except Exception:
        _log.exception("a part of the client's context cannot be read", part=name)
        return None


async def _company(registry: RegistryStorage, company_id: UUID) -> list[Company]:
    try:
        read = partial(registry.companies.get, company_id)
        return [await registry.recently(("company", company_id), read)]
    except NotInRegistryError:
        return []


async def _person(registry: RegistryStorage, company_id: UUID, person_id: UUID | None) -> list[Person]:
    found = await registry.people.several([person_id]) if person_id else {}
    return [person for person in found.values() if person.company_id == company_id]


async def _contracts(registry: RegistryStorage, company_id: UUID, today: date) -> list[Contract]:
    read = partial(registry.contracts.holding, company_id, today)
    found = await registry.recently(("contract", company_id, today), read)
    return [found] if found else []


async def _equipment(
    registry: RegistryStorage, company_id: UUID, person_id: UUID | None, equipment_id: UUID | None
) -> list[Equipment]:
    network = Wanted(company=company_id, kinds=_NETWORK, limit=_LOOKED_THROUGH)
    asked, (of_person, _), (of_network, _) = await asyncio.gather(
        registry.equipment.several([equipment_id] if equipment_id else []),
        _of_person(registry, company_id, person_id),
        registry.recently(("network", company_id), partial(registry.equipment.page, network, None)),
    )
    of_company = [piece for piece in asked.values() if piece.company_id == company_id]
    first = sorted(of_network, key=lambda piece: _NETWORK.index(piece.kind))[:_MOST_OF_NETWORK]
    found = [*of_company, *of_person, *first]
    return list({piece.id: piece for piece in found}.values())


async def _of_person(
    registry: RegistryStorage, company_id: UUID, person_id: UUID | None
) -> tuple[list[Equipment], Position | None]:
    if person_id is None:
        return [], None
    wanted = Wanted(company=company_id, person=person_id, limit=_MOST_OF_PERSON)
    return await registry.equipment.page(wanted, None)


async def _credentials(
    registry: RegistryStorage, company_id: UUID, person_id: UUID | None, equipment_id: UUID | None
) -> list[Credential]:
    read = partial(registry.credentials.page, Wanted(company=company_id, limit=_LOOKED_THROUGH), None)
    found, _ = await registry.recently(("credentials", company_id), read)

    def rank(one: Credential) -> tuple[bool, bool, bool]:
        is_of_piece = equipment_id is not None and one.equipment_id == equipment_id
        is_of_person = person_id is not None and one.person_id == person_id
        # Somebody else's own password is the last that is needed here.
        return not is_of_piece, not is_of_person, one.person_id is not None

    return sorted(found, key=rank)[:_MOST_CREDENTIALS]


async def _licences(
    registry: RegistryStorage, company_id: UUID, users: frozenset[UUID], today: date
) -> list[Licence]:
    read = partial(registry.licences.page, Wanted(company=company_id, limit=_LOOKED_THROUGH), None)
    found, _ = await registry.recently(("licences", company_id), read)
    return most_telling(found, users, today)[:_MOST_LICENCES]
