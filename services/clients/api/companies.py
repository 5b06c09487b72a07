"""The routes of companies."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from chassis.problems import Problem
from contracts.clients_http import CompanyPage, CompanyPatch, CompanyView, NewCompany
from services.clients.api.access import Registrar, Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import CompanyQuery
from services.clients.domain.company import Company
from services.clients.use_cases.keep_companies import add_company, change_company, find_company

router = APIRouter(prefix="/companies")


@router.get("")
async def list_companies(
    query: Annotated[CompanyQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    found, more = await query.page(registry.companies, registry, staff)
    return answer(CompanyPage(items=[company_view(company) for company in found], next=cursor_of(more)))


@router.post("")
async def post_company(
    new: NewCompany, staff: Registrar, key: IdempotencyKey, registry: TheRegistry
) -> Response:
    if staff.companies is not None:
        raise Problem(403, "You look after certain companies only; a new one is for somebody else to add.")
    return _answer(await add_company(registry, new, staff, key, now()), status=201)


@router.get("/{company_id}")
async def get_company(company_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return _answer(await find_company(registry, company_id, staff))


@router.patch("/{company_id}")
async def patch_company(
    company_id: UUID, patch: CompanyPatch, staff: Registrar, version: Version, registry: TheRegistry
) -> Response:
    wanted = patch.model_dump(exclude_unset=True)
    return _answer(await change_company(registry, company_id, wanted, staff, version, now()))


@router.delete("/{company_id}")
async def delete_company(
    company_id: UUID, staff: Registrar, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_company(registry, company_id, {"archived": True}, staff, version, now())
    return done()


def _answer(company: Company, status: int = 200) -> Response:
    return answer(company_view(company), status=status, version=company.version)


def company_view(company: Company) -> CompanyView:
    return CompanyView.model_validate(company, from_attributes=True)
