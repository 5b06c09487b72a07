"""The route of the board of the day."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from chassis.clock import now
from chassis.principal import Staff
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TheMirrors, TicketsStore
from services.tickets.domain import board

router = APIRouter()


@router.get("/board")
async def get_board(staff: Staff, tickets: TicketsStore, mirrors: TheMirrors) -> Response:
    """Of the caller's companies."""
    at = now()
    found, is_cut = await tickets.standings(staff.companies, at)
    colleagues = await mirrors.colleagues.all()
    parts = {
        "unassigned": board.unassigned(found),
        "near": board.near(found),
        "broken": board.broken(found),
        "waiting": board.waiting(found, at),
    }
    shown = [one for part in parts.values() for one in part.first]
    rows = await tickets.rows_of([(one.id, one.version) for one in shown], at)
    return json_answer(
        {
            "open": len(found),
            "is_cut": is_cut,
            "waiting_days": board.WAITING_DAYS,
            **{
                name: {
                    "count": part.how_many,
                    "items": [rows[one.id] for one in part.first if one.id in rows],
                }
                for name, part in parts.items()
            },
            "loads": [load.model_dump() for load in board.loads(found, colleagues, at)],
        }
    )
