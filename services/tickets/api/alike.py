"""The route of open tickets that look like the one being typed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.text import clean_line
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.alike import alike, told

router = APIRouter()
_MOST, _LOOKED_THROUGH = 5, 200


@router.get("/alike")
async def list_alike(
    company: UUID,
    staff: Staff,
    tickets: TicketsStore,
    person: UUID | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Among the company's newest open ones; of a company that is not the caller's there are none."""
    if not staff.may_see_company(company):
        return json_answer({"items": []})
    candidates = await tickets.candidates(company, _LOOKED_THROUGH)
    return json_answer({"items": told(alike(clean_line(q), person, candidates, _MOST))})
