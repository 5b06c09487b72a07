"""The route of how many tickets are open, of several companies at once: the list of clients shows it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.tickets_http import OpenTickets, OpenTicketsList
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TicketsStore

router = APIRouter()
Companies = Annotated[list[UUID], Query(alias="company", max_length=200)]


@router.get("/open-tickets")
async def list_open(companies: Companies, staff: Staff, tickets: TicketsStore) -> Response:
    """One for each company that has any; of companies that are not the caller's nothing is said."""
    counts = await tickets.open_of([company for company in companies if staff.may_see_company(company)])
    items = [OpenTickets(company_id=company, open=count) for company, count in counts.items()]
    return json_answer(OpenTicketsList(items=items).model_dump())
