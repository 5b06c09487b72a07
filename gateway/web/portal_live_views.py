"""The live connection of the employee's pages: what happens to their own tickets."""

from __future__ import annotations

from functools import partial

from fastapi import Request, Response

from gateway.access.callers import device_or_none, is_still, unauthorized
from gateway.live.connection import Dressing
from gateway.live.heard import for_requester
from gateway.live.stream import live_answer
from gateway.parts import parts_of
from gateway.web.routing import READING, pages_router

router = pages_router()

# Scripts of a page cannot hear the comment by which a stream says elsewhere that it lives.
_EVENTS = Dressing("requester-page", "ticket", for_requester, b"event: alive\ndata: {}\n\n")


@router.api_route("/portal/live", methods=READING)
async def portal_live(request: Request) -> Response:
    device = await device_or_none(request)
    if device is None:
        return unauthorized().response()
    return live_answer(request, parts_of(request).live, device, _EVENTS, partial(is_still, request, device))
