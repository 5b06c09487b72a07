"""Companies are added, changed, archived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.clients_http import NewCompany
from services.clients.domain.company import Company
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.revise import revise


async def find_company(registry: RegistryStorage, company_id: UUID, staff: Principal) -> Company:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    if not staff.may_see_company(company_id):
        raise NotInRegistryError
    return await registry.companies.get(company_id)


async def living_company(registry: RegistryStorage, company_id: UUID, staff: Principal) -> Company:
    """The one that something is added to; raises RuleError without it, or when it is archived."""
    try:
        company = await find_company(registry, company_id, staff)
    except NotInRegistryError as error:
        raise RuleError("company_id", "there is no such company") from error
    if company.archived:
        raise RuleError("company_id", "this company is archived")
    return company


async def add_company(
    registry: RegistryStorage, new: NewCompany, staff: Principal, key: UUID | None, at: datetime
) -> Company:
    company = Company(id=new_id(), created_at=at, updated_at=at, **new.model_dump())
    return await make_once(registry.companies, company, creation_of(staff.id, key, new), by=doer_of(staff))


async def change_company(
    registry: RegistryStorage,
    company_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Company:
    """Raises NotInRegistryError, ConflictError."""
    return await revise(
        registry.companies,
        lambda: find_company(registry, company_id, staff),
        lambda company: company.change(wanted, at),
        version=version,
        wanted=wanted,
        by=doer_of(staff),
    )
