"""The addresses of the list: `/` and `/tickets`."""

from __future__ import annotations

import asyncio

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.web.desk_calls import list_of
from gateway.web.filters import Filters, read_filters
from gateway.web.list_page import render_list
from gateway.web.routing import pages_router
from gateway.web.staff_page import colleagues, reading_staff
from gateway.web.viewer import Viewer, page, part, wants_part

router = pages_router()


@router.get("/")
async def home() -> Response:
    return RedirectResponse("/tickets", 303)


@router.get("/tickets")
async def tickets(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    listing = await listing_for(request, session, viewer, read_filters(request.query_params))
    if wants_part(request):
        return part(listing)
    return page("desk.html", viewer, section="tickets", listing=listing, pane="", number=None)


async def listing_for(request: Request, session: StaffSession, viewer: Viewer, filters: Filters) -> str:
    found, staff = await asyncio.gather(
        list_of(parts_of(request).upstreams, session.principal, filters), colleagues(request)
    )
    return render_list(viewer, filters, found, staff)
