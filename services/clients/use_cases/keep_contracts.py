"""Contracts are added, changed, archived; never two of one company for the same day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.contracts_http import NewContract
from contracts.history_http import Doer
from services.clients.domain.contract import Contract
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.errors import ConflictError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import find_company, living_company
from services.clients.use_cases.make_once import make_once


async def find_contract(registry: RegistryStorage, contract_id: UUID, staff: Principal) -> Contract:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    contract = await registry.contracts.get(contract_id)
    if not staff.may_see_company(contract.company_id):
        raise NotInRegistryError
    return contract


async def contract_on(
    registry: RegistryStorage, company_id: UUID, day: date, staff: Principal
) -> Contract | None:
    """What holds for the company on that day; raises NotInRegistryError."""
    await find_company(registry, company_id, staff)
    return await registry.contracts.holding(company_id, day)


async def add_contract(
    registry: RegistryStorage, new: NewContract, staff: Principal, key: UUID | None, at: datetime
) -> Contract:
    """Raises RuleError without such a company, or for a period that meets another contract's."""
    await living_company(registry, new.company_id, staff)
    await _must_be_offered(registry, new.plan_id)
    contract = Contract(id=new_id(), created_at=at, updated_at=at, **new.model_dump())
    creation = creation_of(staff.id, key, new)
    return await registry.in_transaction(lambda inside: _add(inside, contract, creation, doer_of(staff)))


async def _add(registry: RegistryStorage, new: Contract, creation: Creation | None, by: Doer) -> Contract:
    others = await registry.contracts.alone(new.company_id)
    if creation and (before := await registry.contracts.made_by(creation)):
        return before
    new.must_fit_among(others)
    # A fresh copy: this may run again, and the version is raised where the events are taken.
    return await make_once(registry.contracts, new.model_copy(), creation, by=by)


async def change_contract(
    registry: RegistryStorage,
    contract_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Contract:
    """Raises NotInRegistryError, ConflictError, RuleError."""
    before = await find_contract(registry, contract_id, staff)
    company_id = before.company_id
    if wanted.get("plan_id") != before.plan_id:
        await _must_be_offered(registry, wanted.get("plan_id"))
    return await registry.in_transaction(
        lambda inside: _change(inside, company_id, contract_id, wanted, version, at, doer_of(staff))
    )


async def _must_be_offered(registry: RegistryStorage, plan_id: UUID | None) -> None:
    """Raises RuleError."""
    if plan_id and not await registry.plans.is_offered(plan_id):
        raise RuleError("plan_id", "there is no such SLA plan")


async def _change(
    registry: RegistryStorage,
    company_id: UUID,
    contract_id: UUID,
    wanted: Mapping[str, Any],
    version: int | None,
    at: datetime,
    by: Doer,
) -> Contract:
    others = await registry.contracts.alone(company_id)
    contract = (await registry.contracts.get(contract_id)).signed(by)
    if version is not None and contract.version != version:
        raise ConflictError(contract, contract.differing(wanted))
    if contract.change(wanted, at):
        contract.must_fit_among(others)
        await registry.contracts.save(contract, contract.take_events())
    return contract
