"""What was worked for a company in a month."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.contracts_http import WorkedMinutes
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.domain.worked import Worked

router = APIRouter()
Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


@router.get("/companies/{company_id}/minutes")
async def get_minutes(company_id: UUID, month: Month, staff: Staff, tickets: TicketsStore) -> Response:
    if not staff.may_see_company(company_id):
        raise TicketNotFoundError
    worked = await tickets.worked_in(company_id, month)
    return json_answer(worked_minutes(company_id, worked).model_dump())


def worked_minutes(company_id: UUID, worked: Worked) -> WorkedMinutes:
    return WorkedMinutes(
        company_id=company_id,
        month=worked.month,
        minutes=worked.minutes,
        additional_minutes=worked.additional,
    )
