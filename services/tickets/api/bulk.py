"""The route that changes several tickets at once."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Key
from chassis.principal import Staff
from contracts.bulk_http import BulkChange
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TheMirrors, TicketsStore
from services.tickets.use_cases.change_several import change_several

router = APIRouter()


@router.post("/tickets/bulk")
async def post_bulk(
    wanted: BulkChange, staff: Staff, key: Key, tickets: TicketsStore, mirrors: TheMirrors
) -> Response:
    """200 whatever became of them: each has its own status in the answer."""
    answer = await change_several(tickets, mirrors, wanted, staff, now(), key)
    return json_answer(answer.model_dump())
