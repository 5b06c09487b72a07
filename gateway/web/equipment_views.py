"""A ticket's piece of equipment: recognised by the snapshot that came with it, or looked for by name."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import form_of, key_in
from gateway.web.desk_calls import attempt
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.ticket_answers import refused_change, shown_ticket
from gateway.web.viewer import part, wants_part

_OFFERED = 8
_LONGEST_ASKED = 200
# How long tickets may take to hear of a piece that was added a moment ago.
_HEARING_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
router = pages_router()


@router.api_route("/tickets/{number}/recognised", methods=READING)
async def show_recognised(request: Request, number: int) -> Response:
    session, viewer = await reading_staff(request)
    ticket = await _ticket(request, session, number)
    found = await attempt(_recognise(request, session, ticket))
    shown = render(
        "ticket/recognised.html",
        viewer.lang,
        viewer=viewer,
        ticket=ticket,
        found=found,
        key=str(new_id()),
    )
    return part(shown)


@router.post("/tickets/{number}/recognised")
async def take_recognised(request: Request, number: int) -> Response:
    """What the snapshot says is written, and the ticket names the piece; asked again it changes nothing."""
    session, viewer = await writing_staff(request)
    form = await form_of(request)
    try:
        ticket = await _ticket(request, session, number)
        found = await _recognise(request, session, ticket)
        piece = await _written(request, session, found, form) if found else None
        if piece:
            await _name_in_ticket(request, session, ticket, piece)
    except UpstreamProblem as problem:
        return await refused_change(request, session, viewer, number, problem)
    if not wants_part(request):
        return RedirectResponse(f"/tickets/{number}", 303)
    response = await shown_ticket(request, session, viewer, number)
    response.headers["HX-Trigger"] = "recognised"
    return response


@router.api_route("/tickets/{number}/equipment", methods=READING)
async def offer_equipment(request: Request, number: int) -> Response:
    """Pieces of the ticket's company whose names, addresses or numbers fit what is typed."""
    session, viewer = await reading_staff(request)
    ticket = await _ticket(request, session, number)
    typed = request.query_params.get("q", "").replace("\0", " ")[:_LONGEST_ASKED].strip()
    query = {"q": typed, "company": ticket["company"]["id"], "limit": _OFFERED}
    found = await attempt(
        parts_of(request).upstreams.get_json("clients", "/equipment", session.principal, query=query)
    )
    shown = render(
        "ticket/pieces.html",
        viewer.lang,
        viewer=viewer,
        ticket=ticket,
        equipment=found and found["items"],
        nothing=bool(typed),
    )
    return part(shown)


async def _ticket(request: Request, session: StaffSession, number: int) -> dict[str, Any]:
    found: dict[str, Any] = await parts_of(request).upstreams.get_json(
        "tickets", f"/tickets/{number}", session.principal
    )
    return found


async def _recognise(
    request: Request, session: StaffSession, ticket: Mapping[str, Any]
) -> dict[str, Any] | None:
    """None when the ticket's computer said nothing of itself."""
    seen = seen_in(ticket)
    if seen is None:
        return None
    found: dict[str, Any] = await parts_of(request).upstreams.post_json(
        "clients", "/equipment/recognise", session.principal, seen
    )
    return found


def seen_in(ticket: Mapping[str, Any]) -> dict[str, Any] | None:
    """What of a snapshot tells one computer from another, as contracts.equipment_http.Seen."""
    snapshot = ticket["diagnostics"]
    hostname, system, addresses = (snapshot.get(name) for name in ("hostname", "os", "addresses"))
    if not isinstance(hostname, str) or not hostname.strip() or len(hostname) > 255:
        return None
    listed = addresses if isinstance(addresses, list) else []
    return {
        "company_id": ticket["company"]["id"],
        "person_id": ticket["person"]["id"],
        "hostname": hostname,
        "os": system[:200] if isinstance(system, str) else "",
        "addresses": [one for one in listed if isinstance(one, str) and len(one) <= 100][:32],
    }


async def _written(
    request: Request, session: StaffSession, found: Mapping[str, Any], form: Mapping[str, str]
) -> str | None:
    """The piece's id, brought up to date or added; None when there is nothing to go by."""
    upstreams, who = parts_of(request).upstreams, session.principal
    if found["piece"]:
        piece: str = found["piece"]["id"]
        if found["patch"] and form.get("update"):
            await upstreams.patch_json("clients", f"/equipment/{piece}", who, found["patch"])
        return piece
    if not found["new"]:
        return None
    headers = {"Idempotency-Key": key_in(form)}
    made = await upstreams.post_json("clients", "/equipment", who, found["new"], headers=headers)
    return str(made["id"])


async def _name_in_ticket(
    request: Request, session: StaffSession, ticket: Mapping[str, Any], piece: str
) -> None:
    if ticket["equipment"] and ticket["equipment"]["id"] == piece:
        return
    path, change = f"/tickets/{ticket['number']}", {"equipment": piece}
    for pause in (*_HEARING_PAUSES, None):
        try:
            await parts_of(request).upstreams.patch_json("tickets", path, session.principal, change)
            return
        except UpstreamProblem as problem:
            if problem.status != 422 or pause is None:
                raise
        await asyncio.sleep(pause)
