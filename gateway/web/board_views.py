"""The dispatcher's board of the day: what has to be seen to now, and who has how much."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from markupsafe import Markup

from gateway.web.card.reader import Reader, reading
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.rows import render_row
from gateway.web.viewer import page, part, wants_part

_PARTS = ("unassigned", "near", "broken", "waiting")
router = pages_router()


@router.api_route("/board", methods=READING)
async def show_board(request: Request) -> Response:
    reader = await reading(request)
    board = await reader.part("/board", service="tickets")
    shown: dict[str, Any] = {"board": board, "columns": _columns(reader, board) if board else []}
    if wants_part(request):
        return part(render("board/parts.html", reader.viewer.lang, viewer=reader.viewer, **shown))
    return page("board/board.html", reader.viewer, section="board", **shown)


def _columns(reader: Reader, board: dict[str, Any]) -> list[dict[str, Any]]:
    lang = reader.viewer.lang
    return [
        {
            "name": name,
            "title": reader.say(_TITLES[name]),
            "calm": reader.say(_CALM[name]),
            "href": _HREFS[name],
            "count": board[name]["count"],
            "rows": [Markup(render_row(one, lang)) for one in board[name]["items"]],  # noqa: S704 - escaped
        }
        for name in _PARTS
    ]


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
    "unassigned": "/tickets?view=open&assignee=none",
    "near": "/tickets?view=open&sla=warned&sort=due",
    "broken": "/tickets?view=open&sla=broken&sort=due",
    "waiting": "/tickets?view=open&sort=-updated_at",
}
