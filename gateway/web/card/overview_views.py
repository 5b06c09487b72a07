"""What one sees first of a client: contacts, contract, what ends soon, what is open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from gateway.answers import UpstreamProblem
from gateway.hours import hours_left
from gateway.parts import parts_of
from gateway.web.card.conflicts import archiving, decide_again
from gateway.web.card.fields import THINGS
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.desk_calls import attempt
from gateway.web.routing import READING, pages_router
from gateway.web.rows import render_row

_OPEN = "new,in_progress,waiting"
_CONTACTS, _TERMS, _TICKETS, _ROWS = "200", "20", "8", "50"
_FEW = 8
_SOON = {"within": "60", "ended": "30"}
router = pages_router()


@router.api_route("/clients/{company_id}", methods=READING)
async def show_overview(request: Request, company_id: UUID) -> Response:
    reader = await reading(request)
    company = str(company_id)
    return await card(
        reader,
        company_id,
        "",
        "overview",
        parts={
            "hours": attempt(_hours(reader, company)),
            "places": reader.part(f"/companies/{company}/places"),
            "people": _contacts(reader, company),
            "terms": reader.part("/terms", {**_SOON, "company": company, "limit": _TERMS}),
            "tickets": tickets_of(reader, {"company": company, "limit": _TICKETS, "status": _OPEN}),
        },
    )


@router.api_route("/clients/{company_id}/tickets", methods=READING)
async def show_tickets(request: Request, company_id: UUID) -> Response:
    reader = await reading(request)
    cursor = reader.asked("cursor")
    found = tickets_of(reader, {"company": str(company_id), "limit": _ROWS, "cursor": cursor})
    return await card(reader, company_id, "/tickets", "tickets", parts={"found": found}, cursor=cursor)


@router.post("/clients/{company_id}/archive")
async def archive(request: Request, company_id: UUID) -> Response:
    return await _moved(request, company_id, archived=True)


@router.post("/clients/{company_id}/restore")
async def restore(request: Request, company_id: UUID) -> Response:
    return await _moved(request, company_id, archived=False)


async def _moved(request: Request, company_id: UUID, *, archived: bool) -> Response:
    reader = await writing(request)
    address = f"/clients/{company_id}"
    version = version_in(await form_of(request))
    fields = THINGS["companies"].fields
    step = archiving(f"/companies/{company_id}", address, address, version, fields, archived=archived)
    try:
        await reader.change(step.path, {"archived": archived}, step.version)
    except UpstreamProblem as problem:
        return await decide_again(reader, step, problem)
    return RedirectResponse(address, 303)


async def _hours(reader: Reader, company: str) -> dict[str, Any]:
    left = await hours_left(parts_of(reader.request), reader.session.principal, company)
    return left.model_dump(mode="json")


async def _contacts(reader: Reader, company: str) -> dict[str, Any] | None:
    """Those in charge first; no more than one takes in at a glance."""
    found = await reader.part("/people", {"company": company, "limit": _CONTACTS})
    if found is None:
        return None
    ordered = sorted(found["items"], key=lambda one: not one["is_manager"])
    count = len(ordered)
    return {"items": ordered[:_FEW], "more": count > _FEW, "count": None if found["next"] else count}


async def tickets_of(reader: Reader, query: dict[str, str]) -> dict[str, Any] | None:
    """As tickets answers, each also as a row of the list."""
    asked = {name: value for name, value in query.items() if value}
    found = await reader.part("/tickets", asked, service="tickets")
    if found is None:
        return None
    rows = [Markup(render_row(ticket, reader.viewer.lang)) for ticket in found["items"]]  # noqa: S704 - escaped
    return {**found, "rows": rows}
