"""Two tickets that are one: the company's open ones to choose from, and the merging."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.answers import UpstreamProblem
from gateway.web.card.reader import Reader, form_of, key_in, reading, writing
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_OPEN = "new,in_progress,waiting"
_OFFERED = "30"
router = pages_router()


@router.api_route("/tickets/{number}/merge", methods=READING)
async def choose(request: Request, number: int) -> Response:
    return await _choice(await reading(request), number)


@router.post("/tickets/{number}/merge")
async def merge(request: Request, number: int) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    into = form.get("into", "")
    if not (into.isascii() and into.isdigit() and len(into) < 16):
        return await _choice(reader, number, _("Choose the ticket that goes on."), 422)
    try:
        answer = await reader.post(
            f"/tickets/{number}/merge", {"into": int(into)}, key_in(form), service="tickets"
        )
    except UpstreamProblem as problem:
        if problem.status not in (404, 409, 422):
            raise
        return await _choice(reader, number, _why(problem), problem.status)
    return RedirectResponse(f"/tickets/{answer['number']}", 303)


async def _choice(reader: Reader, number: int, problem: str = "", status: int = 200) -> Response:
    ticket: dict[str, Any] = await reader.get(f"/tickets/{number}", service="tickets")
    asked = reader.asked("q")
    query = {"company": ticket["company"]["id"], "status": _OPEN, "limit": _OFFERED}
    found = await reader.part("/tickets", {**query, **({"q": asked} if asked else {})}, service="tickets")
    others = [one for one in found["items"] if one["number"] != number] if found else None
    return page(
        "ticket/merge.html",
        reader.viewer,
        status,
        section="tickets",
        ticket=ticket,
        others=others,
        asked=asked,
        problem=reader.say(problem) if problem else "",
        key=str(new_id()),
    )


def _why(problem: UpstreamProblem) -> str:
    if problem.status == 422:
        return _("These two cannot be merged: one of them is over, merged already, or another company's.")
    return _("Somebody changed one of them meanwhile. Look at them and decide again.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
