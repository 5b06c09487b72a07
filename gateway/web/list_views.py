"""The addresses of the list: `/` and `/tickets`."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.web.category_choices import category_paths
from gateway.web.desk_calls import attempt, list_of
from gateway.web.filters import Filters, read_filters
from gateway.web.list_page import render_list
from gateway.web.own_views import own_views
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import colleagues, reading_staff
from gateway.web.viewer import Viewer, page, part, wants_part

_OFFERED = 30
_MEANT = 3
router = pages_router()


@router.api_route("/", methods=READING)
async def home() -> Response:
    return RedirectResponse("/tickets", 303)


@router.api_route("/tickets", methods=READING)
async def tickets(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    if not request.query_params and (
        home := (await own_views(parts_of(request), session.principal)).home_href
    ):
        return RedirectResponse(home, 303)
    listing = await listing_for(request, session, viewer, read_filters(request.query_params))
    if wants_part(request):
        return part(listing)
    return page("desk.html", viewer, section="tickets", listing=listing, pane="", number=None)


@router.api_route("/choices/companies", methods=READING)
async def offer_companies(request: Request) -> Response:
    """Companies whose names fit what is typed, each as the address of the present list narrowed to it."""
    session, viewer = await reading_staff(request)
    who = request.query_params.get("who", "").replace("\0", " ")[:200]
    found = await attempt(
        parts_of(request).upstreams.get_json(
            "clients",
            "/companies",
            session.principal,
            query={"q": who, "limit": _OFFERED} if who.strip() else {"limit": _OFFERED},
        )
    )
    filters = read_filters(request.query_params)
    companies = found and found["items"]
    return part(render("companies.html", viewer.lang, companies=companies, filters=filters))


@router.api_route("/choices/found", methods=READING)
async def offer_found(request: Request) -> Response:
    """What the search may have meant: companies, people, equipment; nothing where clients does not answer."""
    session, viewer = await reading_staff(request)
    filters = read_filters(request.query_params)
    found = await attempt(
        parts_of(request).upstreams.get_json(
            "clients", "/search", session.principal, query={"q": filters.q, "limit": _MEANT}
        )
    )
    return part(render("list/found.html", viewer.lang, found=_meant(found or {}, filters), filters=filters))


def _meant(found: dict[str, Any], filters: Filters) -> list[tuple[str, str, str, str]]:
    """(filter, id, name, company) of each that is not chosen already."""
    meant = [("company", one["id"], one["name"], "") for one in found.get("companies", ())]
    for kind, things, name in (("person", "people", "full_name"), ("equipment", "equipment", "name")):
        meant += [(kind, one["id"], one[name], one["company"]["name"]) for one in found.get(things, ())]
    return [one for one in meant if getattr(filters, one[0]) != one[1]]


async def listing_for(
    request: Request, session: StaffSession, viewer: Viewer, filters: Filters, outcome: object = None
) -> str:
    parts = parts_of(request)
    found, staff, own, categories = await asyncio.gather(
        list_of(parts.upstreams, session.principal, filters),
        colleagues(request),
        own_views(parts, session.principal),
        category_paths(request, session),
    )
    return render_list(viewer, filters, found, staff, own=own, categories=categories, outcome=outcome)
