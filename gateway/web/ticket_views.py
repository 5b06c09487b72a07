"""The addresses of one ticket: reading it, changing its fields, writing on it."""

from __future__ import annotations

from fastapi import Request, Response

from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.language import words_of
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.ticket_answers import changed_ticket, refused_change, shown_ticket
from gateway.web.ticket_forms import change_of, entry_of, typed_of, version_of, wanted_of
from gateway.web.viewer import wants_part

router = pages_router()


@router.api_route("/tickets/{number}", methods=READING)
async def show_ticket(request: Request, number: int) -> Response:
    session, viewer = await reading_staff(request)
    return await shown_ticket(request, session, viewer, number)


@router.post("/tickets/{number}/entries")
async def write_entry(request: Request, number: int) -> Response:
    session, viewer = await writing_staff(request)
    typed = typed_of(await request.form())
    try:
        ticket = await parts_of(request).upstreams.post_json(
            "tickets",
            f"/tickets/{number}/entries",
            session.principal,
            entry_of(typed),
            headers={"Idempotency-Key": typed.key},
        )
    except UpstreamProblem as problem:
        return await refused_change(request, session, viewer, number, problem, typed=typed)
    return await changed_ticket(request, session, viewer, ticket)


@router.post("/tickets/{number}/assign")
async def assign_by_rule(request: Request, number: int) -> Response:
    session, viewer = await writing_staff(request)
    try:
        ticket = await parts_of(request).upstreams.post_json(
            "tickets", f"/tickets/{number}/assign", session.principal, None
        )
    except UpstreamProblem as problem:
        if problem.status != 422 or not wants_part(request):
            return await refused_change(request, session, viewer, number, problem)
        why = words_of(viewer.lang).gettext(
            "No rule finds anybody for this ticket, or somebody has it already."
        )
        return await shown_ticket(request, session, viewer, number, problem=why, status=422)
    return await changed_ticket(request, session, viewer, ticket)


@router.post("/tickets/{number}/{field}")
async def change_field(request: Request, number: int, field: str) -> Response:
    session, viewer = await writing_staff(request)
    form = await request.form()
    try:
        ticket = await parts_of(request).upstreams.patch_json(
            "tickets",
            f"/tickets/{number}",
            session.principal,
            change_of(field, form, viewer.me),
            headers={"If-Match": f'"{version_of(form)}"'},
        )
    except UpstreamProblem as problem:
        return await refused_change(request, session, viewer, number, problem, wanted=wanted_of(field, form))
    if field == "equipment" and wants_part(request):
        # What is beside the ticket depends on it.
        return await shown_ticket(request, session, viewer, number)
    return await changed_ticket(request, session, viewer, ticket)
