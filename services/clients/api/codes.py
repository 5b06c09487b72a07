"""The routes of a company's enrolment codes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey
from contracts.clients_http import CodePage, CodeView, NewCode
from services.clients.api.access import Registrar, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.domain.code import Code
from services.clients.use_cases.hand_out_codes import make_code, withdraw_code
from services.clients.use_cases.keep_companies import find_company

router = APIRouter(prefix="/companies/{company_id}/codes")


@router.get("")
async def list_codes(company_id: UUID, staff: Registrar, registry: TheRegistry) -> Response:
    await find_company(registry, company_id, staff)
    codes = await registry.codes.of_company(company_id)
    return answer(CodePage(items=[_view(code) for code in codes]))


@router.post("")
async def post_code(
    company_id: UUID, new: NewCode, staff: Registrar, key: IdempotencyKey, registry: TheRegistry
) -> Response:
    code = await make_code(registry, company_id, new, staff, key, now())
    return answer(_view(code), status=201)


@router.delete("/{code}")
async def delete_code(
    company_id: UUID,
    code: Annotated[str, Path(max_length=64)],
    staff: Registrar,
    registry: TheRegistry,
) -> Response:
    """Withdrawn: it stays in the list, and enrols nobody any more."""
    await withdraw_code(registry, company_id, code, staff, now())
    return done()


def _view(code: Code) -> CodeView:
    return CodeView.model_validate(code, from_attributes=True)
