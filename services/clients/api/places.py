"""The route of a company's places."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.equipment_http import PlaceList, PlaceView
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.use_cases.keep_companies import find_company

router = APIRouter()
_MOST = 100


@router.get("/companies/{company_id}/places")
async def list_places(company_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    company = await find_company(registry, company_id, staff)
    found = await registry.equipment.places(company.id, _MOST)
    return answer(PlaceList(items=[PlaceView(**place._asdict()) for place in found]))
