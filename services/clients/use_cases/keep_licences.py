"""Licences are added, changed, archived; who and what uses them is of the same company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.licences_http import NewLicence
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.licence import Licence, once_each
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import living_company
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.revise import revise


async def find_licence(registry: RegistryStorage, licence_id: UUID, staff: Principal) -> Licence:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    licence = await registry.licences.get(licence_id)
    if not staff.may_see_company(licence.company_id):
        raise NotInRegistryError
    return licence


async def add_licence(
    registry: RegistryStorage, new: NewLicence, staff: Principal, key: UUID | None, at: datetime
) -> Licence:
    """Raises RuleError without such a company, for users of another one, and for too few seats."""
    await living_company(registry, new.company_id, staff)
    fields = once_each(new.model_dump(exclude={"key"}))
    licence = Licence(id=new_id(), created_at=at, updated_at=at, **fields)
    licence.must_suffice()
    await _must_be_of(registry, new.company_id, fields)
    told = ""
    if new.key:
        company_key = await registry.keys.of(new.company_id)
        licence.reseal(company_key, new.key, at)
        told = company_key.fingerprint(new.key)
    creation = creation_of(staff.id, key, new.model_copy(update={"key": ""}), told)
    return await make_once(registry.licences, licence, creation, by=doer_of(staff))


async def change_licence(
    registry: RegistryStorage,
    licence_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Licence:
    """Raises NotInRegistryError, ConflictError, RuleError."""
    licence = await find_licence(registry, licence_id, staff)
    fields = once_each({name: value for name, value in wanted.items() if name != "key"})
    await _must_be_of(registry, licence.company_id, fields, licence)
    company_key = await registry.keys.of(licence.company_id) if "key" in wanted else None

    def decide(licence: Licence) -> None:
        licence.change(fields, at)
        if company_key:
            licence.reseal(company_key, wanted["key"], at)

    return await revise(
        registry.licences,
        lambda: find_licence(registry, licence_id, staff),
        decide,
        version=version,
        wanted=fields,
        by=doer_of(staff),
    )


async def _must_be_of(
    registry: RegistryStorage, company_id: UUID, fields: Mapping[str, Any], before: Licence | None = None
) -> None:
    """Whoever and whatever uses it already may stay, whatever became of them."""
    newcomers = set(fields.get("people", ())) - set(before.people if before else ())
    if newcomers:
        people = await registry.people.several(list(newcomers))
        mine = {key for key, one in people.items() if one.company_id == company_id and not one.archived}
        if newcomers - mine:
            raise RuleError("people", "somebody named is not at this company")
    things = set(fields.get("equipment", ())) - set(before.equipment if before else ())
    if things:
        pieces = await registry.equipment.several(list(things))
        ours = {key for key, one in pieces.items() if one.company_id == company_id and not one.archived}
        if things - ours:
            raise RuleError("equipment", "something named is not of this company")
