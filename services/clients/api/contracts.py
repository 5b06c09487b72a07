"""The routes of contracts."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from contracts.contracts_http import (
    ContractPage,
    ContractPatch,
    ContractView,
    HoldingContract,
    NewContract,
)
from contracts.day import Day
from contracts.people import CompanyRef
from services.clients.api.access import Registrar, Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import PersonQuery
from services.clients.api.today import Today
from services.clients.domain.contract import Contract
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import days_until
from services.clients.use_cases.keep_contracts import (
    add_contract,
    change_contract,
    contract_on,
    find_contract,
)
from services.clients.use_cases.said import said_in

router = APIRouter()


@router.get("/contracts")
async def list_contracts(
    query: Annotated[PersonQuery, Query()], staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    found, more = await query.page(registry.contracts, registry, staff)
    companies = await registry.companies.references(contract.company_id for contract in found)
    items = [contract_view(contract, companies[contract.company_id], today) for contract in found]
    return answer(ContractPage(items=items, next=cursor_of(more)))


@router.post("/contracts")
async def post_contract(
    new: NewContract, staff: Registrar, key: IdempotencyKey, registry: TheRegistry, today: Today
) -> Response:
    return await _answer(registry, await add_contract(registry, new, staff, key, now()), today, status=201)


@router.get("/contracts/{contract_id}")
async def get_contract(contract_id: UUID, staff: Specialist, registry: TheRegistry, today: Today) -> Response:
    return await _answer(registry, await find_contract(registry, contract_id, staff), today)


@router.patch("/contracts/{contract_id}")
async def patch_contract(
    contract_id: UUID,
    patch: ContractPatch,
    staff: Registrar,
    version: Version,
    registry: TheRegistry,
    today: Today,
) -> Response:
    changed = await change_contract(registry, contract_id, said_in(patch), staff, version, now())
    return await _answer(registry, changed, today)


@router.delete("/contracts/{contract_id}")
async def delete_contract(
    contract_id: UUID, staff: Registrar, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_contract(registry, contract_id, {"archived": True}, staff, version, now())
    return done()


@router.get("/companies/{company_id}/contract")
async def get_holding_contract(
    company_id: UUID, staff: Specialist, registry: TheRegistry, today: Today, on: Day | None = None
) -> Response:
    day = on or today
    contract = await contract_on(registry, company_id, day, staff)
    if contract is None:
        return answer(HoldingContract(day=day, contract=None))
    company = await registry.companies.get(company_id)
    return answer(HoldingContract(day=day, contract=contract_view(contract, company.reference, today)))


async def _answer(registry: RegistryStorage, contract: Contract, today: date, status: int = 200) -> Response:
    company = await registry.companies.get(contract.company_id)
    return answer(contract_view(contract, company.reference, today), status=status, version=contract.version)


def contract_view(contract: Contract, company: CompanyRef, today: date) -> ContractView:
    return ContractView(
        company=company,
        state=contract.state(today),
        days_left=days_until(contract.valid_to, today),
        **contract.model_dump(),
    )
