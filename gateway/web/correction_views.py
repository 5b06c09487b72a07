"""An entry of the log put right where it stands; what it said before stays beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.ticket_answers import changed_ticket, refused_change
from gateway.web.ticket_forms import correction_of, typed_of, version_of
from gateway.web.viewer import page, part, wants_part

router = pages_router()


@router.api_route("/tickets/{number}/entries/{entry_id}", methods=READING)
async def show_correction(request: Request, number: int, entry_id: UUID) -> Response:
    session, viewer = await reading_staff(request)
    ticket: dict[str, Any] = await parts_of(request).upstreams.get_json(
        "tickets", f"/tickets/{number}", session.principal
    )
    entry = next((one for one in ticket["entries"] if one["id"] == str(entry_id)), None)
    if entry is None:
        raise Problem(404)
    if wants_part(request):
        return part(render("ticket/correction.html", viewer.lang, viewer=viewer, ticket=ticket, entry=entry))
    return page("ticket/correct.html", viewer, section="tickets", ticket=ticket, entry=entry)


@router.post("/tickets/{number}/entries/{entry_id}")
async def correct(request: Request, number: int, entry_id: UUID) -> Response:
    session, viewer = await writing_staff(request)
    form = await request.form()
    try:
        ticket = await parts_of(request).upstreams.patch_json(
            "tickets",
            f"/tickets/{number}/entries/{entry_id}",
            session.principal,
            correction_of(form),
            headers={"If-Match": f'"{version_of(form)}"'},
        )
    except UpstreamProblem as problem:
        return await refused_change(request, session, viewer, number, problem, wanted=typed_of(form).text)
    return await changed_ticket(request, session, viewer, ticket)
