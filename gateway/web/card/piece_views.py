"""One piece of equipment: what is known of it, what hangs on it, and the tickets it was about."""

from __future__ import annotations

import asyncio
from uuid import UUID

from fastapi import Request, Response

from chassis.problems import Problem
from gateway.web.card.choices import names_in
from gateway.web.card.overview_views import tickets_of
from gateway.web.card.page import card
from gateway.web.card.reader import reading
from gateway.web.routing import READING, pages_router

_ROWS = "50"
router = pages_router()


@router.api_route("/clients/{company_id}/equipment/{piece_id}", methods=READING)
async def show_piece(request: Request, company_id: UUID, piece_id: UUID) -> Response:
    reader = await reading(request)
    piece, response_parts = await asyncio.gather(
        reader.get(f"/equipment/{piece_id}"),
        asyncio.gather(
            reader.part("/equipment", {"connected_to": str(piece_id), "limit": _ROWS}),
            reader.part("/licences", {"equipment": str(piece_id), "limit": _ROWS}),
            reader.part("/credentials", {"equipment": str(piece_id), "limit": _ROWS}),
        ),
    )
    if piece["company_id"] != str(company_id):
        raise Problem(404)
    behind, licences, credentials = response_parts
    return await card(
        reader,
        company_id,
        "/equipment",
        "piece",
        parts={"tickets": tickets_of(reader, {"equipment": str(piece_id), "limit": _ROWS})},
        piece=piece,
        behind=behind,
        licences=licences,
        credentials=credentials,
        piece_names=names_in([piece]),
    )
