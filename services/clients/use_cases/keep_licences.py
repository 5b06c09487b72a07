"""Licences are added, changed, archived; who and what uses them is of the same company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.licences_http import NewLicence
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.licence import Licence, once_each
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import living_company
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.naming import naming
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
    await _must_be_ours(registry, new.company_id, fields)
    if new.key:
        licence.reseal(await registry.keys.of(new.company_id), new.key, at)
    creation = await licence_creation(registry, new, staff, key)

    async def make(inside: RegistryStorage) -> Licence:
        # A fresh copy: this may run again, and the version is raised where the events are taken.
        return await make_once(inside.licences, licence.model_copy(), creation, by=doer_of(staff))

    return await naming(registry, new.company_id, set(licence.people), "people", make)


async def licence_creation(
    registry: RegistryStorage, new: NewLicence, staff: Principal, key: UUID | None
) -> Creation | None:
    """The key counts for «the same again», and cannot be guessed from what is kept of it."""
    told = (await registry.keys.of(new.company_id)).fingerprint(new.key) if new.key else ""
    return creation_of(staff.id, key, new.model_copy(update={"key": ""}), told)


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
    await _must_be_ours(registry, licence.company_id, fields, licence)
    company_key = await registry.keys.of(licence.company_id) if "key" in wanted else None

    def decide(licence: Licence) -> None:
        licence.change(fields, at)
        if company_key:
            licence.reseal(company_key, wanted["key"], at)

    async def change(inside: RegistryStorage) -> Licence:
        return await revise(
            inside.licences,
            lambda: find_licence(inside, licence_id, staff),
            decide,
            version=version,
            wanted=fields,
            by=doer_of(staff),
        )

    newcomers = set(fields.get("people", ())) - set(licence.people)
    return await naming(registry, licence.company_id, newcomers, "people", change)


async def _must_be_ours(
    registry: RegistryStorage, company_id: UUID, fields: Mapping[str, Any], before: Licence | None = None
) -> None:
    """What uses it already may stay, whatever became of it; so may who does."""
    things = set(fields.get("equipment", ())) - set(before.equipment if before else ())
    if things:
        pieces = await registry.equipment.several(list(things))
        ours = {key for key, one in pieces.items() if one.company_id == company_id and not one.archived}
        if things - ours:
            raise RuleError("equipment", "something named is not of this company")
