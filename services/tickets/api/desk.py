"""The route of the specialist's page: all of ours that it shows, in one answer."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.principal import Staff
from services.tickets.api.answers import json_answer
from services.tickets.api.clock_view import clock_view
from services.tickets.api.minutes import worked_minutes
from services.tickets.api.parameters import Number
from services.tickets.api.routes import TheDeskWork, ThePlans, TicketsStore, with_links
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.domain.listing import Wanted
from services.tickets.domain.storage import TicketStorage

router = APIRouter()
_LATEST = 6


@router.get("/tickets/{number}/desk")
async def get_desk(
    request: Request,
    number: Number,
    staff: Staff,
    tickets: TicketsStore,
    plans: ThePlans,
    work: TheDeskWork,
) -> Response:
    """The ticket, its clock, the latest around it, what was worked, and what one is writing on it."""
    at = now()
    view, timing = await tickets.desk(number, at)
    company = view["company"]["id"]
    if not staff.may_see_company(company):
        raise TicketNotFoundError
    month = at.astimezone(request.app.state.zone).strftime("%Y-%m")
    latest, worked, draft = await asyncio.gather(
        _latest(tickets, view, at), tickets.worked_in(company, month), work.draft(staff.id, number)
    )
    return json_answer(
        {
            "ticket": await with_links(tickets, view, staff),
            "clock": clock_view(timing, await plans.promised(timing.plan), at),
            "latest": latest,
            "worked": worked_minutes(company, worked).model_dump(),
            "draft": draft.model_dump(),
        }
    )


async def _latest(tickets: TicketStorage, view: dict[str, Any], at: datetime) -> dict[str, list[Any]]:
    """Rows of the list, the newest first; this ticket may be among them."""
    wanted = {
        "company": Wanted(company=view["company"]["id"], limit=_LATEST),
        "person": Wanted(person=view["person"]["id"], limit=_LATEST),
    }
    if view.get("equipment"):
        wanted["equipment"] = Wanted(equipment=view["equipment"]["id"], limit=_LATEST)
    pages = await asyncio.gather(*(tickets.rows(one, None, at) for one in wanted.values()))
    return {name: rows for name, (rows, _) in zip(wanted, pages, strict=True)}
