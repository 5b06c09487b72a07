"""The route of what holds today, for several companies at once: the list of clients shows it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.contracts_http import ContractPage
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.contracts import contract_view
from services.clients.api.today import Today

router = APIRouter()
Companies = Annotated[list[UUID], Query(alias="company", max_length=200)]


@router.get("/holding-contracts")
async def list_holding(
    companies: Companies, staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    """One for each company that has one; of companies that are not the caller's nothing is said."""
    seen = [company for company in companies if staff.may_see_company(company)]
    found = await registry.contracts.all_holding(seen, today)
    names = await registry.companies.references(contract.company_id for contract in found)
    items = [contract_view(contract, names[contract.company_id], today) for contract in found]
    return answer(ContractPage(items=items))
