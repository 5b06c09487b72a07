"""The dispatcher's board of the day: what has to be seen to now, who has how much, and giving from there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.names import short_name
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page, part, wants_part

_PARTS = ("unassigned", "near", "broken", "waiting")
_BY_RULES = "rules"
router = pages_router()


@router.api_route("/board", methods=READING)
async def show_board(request: Request) -> Response:
    return await _answer(await reading(request))


@router.api_route("/board/give", methods=READING)
async def back_to_board() -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse("/board", 303)


@router.post("/board/give")
async def give(request: Request) -> Response:
    """A ticket that nobody has to a colleague, or to whom the rules name; nothing chosen changes nothing."""
    reader, form = await writing(request), await form_of(request)
    number, assignee = form.get("number", ""), form.get("assignee", "")
    problem = ""
    if assignee and number.isascii() and number.isdigit() and len(number) < 16:
        try:
            await _give(reader, int(number), assignee, version_in(form))
        except UpstreamProblem as refusal:
            if refusal.status not in (404, 409, 422):
                raise
            problem = f"№ {number}: {_why(reader, refusal, assignee)}"
    if problem or wants_part(request):
        return await _answer(reader, problem)
    return RedirectResponse("/board", 303)


async def _give(reader: Reader, number: int, assignee: str, version: str) -> None:
    """Raises UpstreamProblem."""
    upstreams, principal = parts_of(reader.request).upstreams, reader.session.principal
    if assignee == _BY_RULES:
        await upstreams.post_json("tickets", f"/tickets/{number}/assign", principal, None)
        return
    body = {"assignee": str(UUID(assignee)) if _is_identity(assignee) else assignee}
    await upstreams.patch_json(
        "tickets", f"/tickets/{number}", principal, body, headers={"If-Match": f'"{version}"'}
    )


def _why(reader: Reader, refusal: UpstreamProblem, assignee: str) -> str:
    if refusal.status == 404:
        return reader.say(_("is not there"))
    if assignee == _BY_RULES and refusal.status == 422:
        return reader.say(_("No rule finds anybody for this ticket, or somebody has it already."))
    if refusal.status == 422:
        return reader.say(_("it is over and cannot be assigned, or there is no such specialist"))
    changes = [change for one in refusal.extra.get("meanwhile", ()) for change in one["changes"]]
    taken = [one["after"] for one in changes if one["field"] == "assignee" and one["after"]]
    if taken:
        return reader.say(_("%s has it already")) % short_name(taken[-1]["full_name"])
    return reader.say(_("This was changed meanwhile. Look at it anew and decide again."))


async def _answer(reader: Reader, problem: str = "") -> Response:
    board = await reader.part("/board", service="tickets")
    loads = board["loads"] if board else []
    shown: dict[str, Any] = {
        "board": board,
        "columns": _columns(reader, board) if board else [],
        "givable": sorted((one for one in loads if not one["away_until"]), key=lambda one: int(one["open"])),
        "problem": problem,
    }
    if wants_part(reader.request):
        return part(render("board/parts.html", reader.viewer.lang, viewer=reader.viewer, **shown))
    return page("board/board.html", reader.viewer, section="board", **shown)


def _columns(reader: Reader, board: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": reader.say(_TITLES[name]),
            "calm": reader.say(_CALM[name]),
            "href": _HREFS[name],
            **board[name],
        }
        for name in _PARTS
    ]


def _is_identity(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_TITLES = {
    "unassigned": _("Nobody has them"),
    "near": _("Near a breach"),
    "broken": _("Promise broken"),
    "waiting": _("Client silent for long"),
}
_CALM = {
    "unassigned": _("Every ticket has somebody."),
    "near": _("No promise is in danger."),
    "broken": _("No promise is broken."),
    "waiting": _("No client is silent for long."),
}
_HREFS = {
    "unassigned": "/tickets?view=open&assignee=none&sort=number",
    "near": "/tickets?view=open&sla=warned&sort=due",
    "broken": "/tickets?view=open&sla=broken&sort=due",
    "waiting": "/tickets?view=open&status=waiting&sort=number",
}
