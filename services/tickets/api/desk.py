"""The route of the specialist's page: all of ours that it shows, in one answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.principal import Staff
from services.tickets.api.answers import json_answer
from services.tickets.api.clock_view import clock_view
from services.tickets.api.minutes import worked_minutes
from services.tickets.api.parameters import Number
from services.tickets.api.routes import ThePlans, TicketsStore, with_links
from services.tickets.domain.beside import Around
from services.tickets.domain.errors import TicketNotFoundError

router = APIRouter()


@router.get("/tickets/{number}/desk")
async def get_desk(
    request: Request, number: Number, staff: Staff, tickets: TicketsStore, plans: ThePlans
) -> Response:
    """The ticket, its clock, the latest around it, what was worked, and what one is writing on it."""
    at = now()
    view, timing = await tickets.desk(number, at)
    company = view["company"]["id"]
    if not staff.may_see_company(company):
        raise TicketNotFoundError
    seen = await tickets.beside(
        Around(
            number=number,
            company=company,
            person=view["person"]["id"],
            equipment=view["equipment"]["id"] if view.get("equipment") else None,
            staff=staff.id,
            month=at.astimezone(request.app.state.zone).strftime("%Y-%m"),
        ),
        at,
    )
    return json_answer(
        {
            "ticket": await with_links(tickets, view, staff),
            "clock": clock_view(timing, await plans.promised(timing.plan), at),
            "latest": seen.latest,
            "worked": worked_minutes(company, seen.worked).model_dump(),
            "draft": seen.draft.model_dump(),
        }
    )
