"""The routes of a specialist's own drafts and timer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Version
from chassis.principal import Staff
from contracts.drafts_http import DraftBody, TimerBody
from services.tickets.api.answers import json_answer
from services.tickets.api.parameters import Number
from services.tickets.api.routes import TheDeskWork, TicketsStore
from services.tickets.domain.draft import Draft
from services.tickets.domain.timer import Timer
from services.tickets.use_cases.keep_drafts import find_draft, write_draft
from services.tickets.use_cases.run_timer import set_timer, stop_timer

router = APIRouter()


@router.get("/tickets/{number}/draft")
async def get_draft(number: Number, staff: Staff, tickets: TicketsStore, work: TheDeskWork) -> Response:
    return _draft(await find_draft(tickets, work, number, staff))


@router.put("/tickets/{number}/draft")
async def put_draft(
    number: Number, body: DraftBody, staff: Staff, version: Version, tickets: TicketsStore, work: TheDeskWork
) -> Response:
    return _draft(await write_draft(tickets, work, number, body, staff, now(), version))


@router.get("/timer")
async def get_timer(staff: Staff, work: TheDeskWork) -> Response:
    return _timer(await work.timer(staff.id))


@router.put("/timer")
async def put_timer(body: TimerBody, staff: Staff, tickets: TicketsStore, work: TheDeskWork) -> Response:
    return _timer(await set_timer(tickets, work, body, staff, now()))


@router.delete("/timer")
async def delete_timer(staff: Staff, work: TheDeskWork) -> Response:
    """200 with its minutes, which are in the ticket's draft."""
    timer, minutes, draft = await stop_timer(work, staff, now())
    number = timer.number if timer else None
    return json_answer({"number": number, "minutes": minutes, "draft": draft and draft.model_dump()})


def _draft(draft: Draft) -> Response:
    return json_answer(draft.model_dump(), version=draft.version)


def _timer(timer: Timer | None) -> Response:
    return json_answer(timer_view(timer))


def timer_view(timer: Timer | None) -> dict[str, Any]:
    at = now()
    return {
        "number": timer.number if timer else None,
        "running": bool(timer and timer.running_since),
        "seconds": int(timer.elapsed(at).total_seconds()) if timer else 0,
        "started_at": timer.started_at if timer else None,
        "forgotten": bool(timer and timer.is_forgotten(at)),
    }
