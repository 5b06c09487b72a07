"""Tickets that have to do with one another: linked, parted again, and one split off the other."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from chassis.clock import new_id
from chassis.problems import Problem
from contracts.tickets_http import Splitting
from gateway.answers import UpstreamProblem
from gateway.api.tickets import register_split
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, key_in, reading, writing
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import writing_staff
from gateway.web.ticket_answers import changed_ticket, refused_change
from gateway.web.viewer import page

_OFFERED = "30"
router = pages_router()


@router.api_route("/tickets/{number}/link", methods=READING)
async def choose(request: Request, number: int) -> Response:
    return await _choice(await reading(request), number)


@router.post("/tickets/{number}/link")
async def link(request: Request, number: int) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    other = form.get("other", "")
    if not (other.isascii() and other.isdigit() and len(other) < 16):
        return await _choice(reader, number, _("Choose the ticket to link."), 422)
    try:
        await reader.post(f"/tickets/{number}/links", {"number": int(other)}, key_in(form), service="tickets")
    except UpstreamProblem as problem:
        if problem.status not in (404, 409, 422):
            raise
        why = _("These two cannot be linked: one of them was merged, or has as many links as there may be.")
        return await _choice(reader, number, why, problem.status)
    return RedirectResponse(f"/tickets/{number}", 303)


@router.post("/tickets/{number}/unlink")
async def unlink(request: Request, number: int) -> Response:
    session, viewer = await writing_staff(request)
    other = (await form_of(request)).get("other", "")
    if not (other.isascii() and other.isdigit() and len(other) < 16):
        raise Problem(404)
    answer = await parts_of(request).upstreams.call(
        "tickets", "DELETE", f"/tickets/{number}/links/{other}", session.principal
    )
    try:
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        return await refused_change(request, session, viewer, number, problem)
    return await changed_ticket(request, session, viewer, answer.json())


@router.api_route("/tickets/{number}/split", methods=READING)
async def show_split(request: Request, number: int) -> Response:
    return await _split_form(await reading(request), number)


@router.post("/tickets/{number}/split")
async def split(request: Request, number: int) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in ("title", "description")}
    try:
        wanted = Splitting.model_validate(typed)
        answer = await register_split(parts_of(request), reader.session, number, wanted, key_in(form))
    except (ValidationError, UpstreamProblem, Problem) as problem:
        status = getattr(problem, "status", 422)
        if status not in (404, 409, 422):
            raise
        return await _split_form(reader, number, typed, status)
    registered = answer.json()["number"]
    # It takes longer than usual: the link to it will be in the ticket it came from.
    return RedirectResponse(f"/tickets/{registered or number}", 303)


async def _choice(reader: Reader, number: int, problem: str = "", status: int = 200) -> Response:
    """The company's newest, or what is searched for among all."""
    ticket: dict[str, Any] = await reader.get(f"/tickets/{number}", service="tickets")
    asked = reader.asked("q")
    query = {"q": asked} if asked else {"company": ticket["company"]["id"]}
    found = await reader.part("/tickets", {**query, "limit": _OFFERED}, service="tickets")
    known = {number, *(one["number"] for one in ticket["links"])}
    others = [one for one in found["items"] if one["number"] not in known] if found else None
    return page(
        "ticket/link.html",
        reader.viewer,
        status,
        section="tickets",
        ticket=ticket,
        others=[one for one in others if one["status"] != "merged"] if others else others,
        asked=asked,
        problem=reader.say(problem) if problem else "",
        key=str(new_id()),
    )


async def _split_form(
    reader: Reader, number: int, typed: dict[str, str] | None = None, status: int = 200
) -> Response:
    ticket: dict[str, Any] = await reader.get(f"/tickets/{number}", service="tickets")
    problem = _("Say in a few words what the new ticket is about. What was merged cannot be split.")
    return page(
        "ticket/split.html",
        reader.viewer,
        status,
        section="tickets",
        ticket=ticket,
        typed=typed or {"title": "", "description": ticket["description"]},
        problem=reader.say(problem) if typed else "",
        key=str(new_id()),
    )


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
