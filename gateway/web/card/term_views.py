"""«Истекает»: what comes to its end, of all clients in one list."""

from __future__ import annotations

from fastapi import Request, Response

from gateway.web.card.reader import reading
from gateway.web.labels import TERM_KINDS
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_WITHIN = ("7", "30", "90", "365")
_ENDED = "30"
_ROWS = "100"
router = pages_router()


@router.api_route("/terms", methods=READING)
async def list_terms(request: Request) -> Response:
    reader = await reading(request)
    kind, within = reader.asked("kind"), reader.asked("within")
    asked = {
        "kind": kind if kind in TERM_KINDS else "",
        "within": within if within in _WITHIN else "30",
        "cursor": reader.asked("cursor"),
    }
    query = {name: value for name, value in asked.items() if value}
    found = await reader.part("/terms", {**query, "ended": _ENDED, "limit": _ROWS})
    return page(
        "clients/terms.html",
        reader.viewer,
        section="clients",
        view="terms",
        asked=asked,
        found=found,
        kinds=TERM_KINDS,
        spans=_WITHIN,
    )
