"""«Назначено мне»: what the mark in the bar stands for."""

from __future__ import annotations

from fastapi import Request, Response

from gateway.parts import parts_of
from gateway.web.card.reader import reading
from gateway.web.desk_calls import attempt
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

router = pages_router()


@router.api_route("/unread", methods=READING)
async def show_unread(request: Request) -> Response:
    """Looking at them is reading them; what was unread is still shown so this once."""
    reader = await reading(request)
    found = await reader.part("/unread", service="tickets")
    if request.method == "GET" and found and found["unread"]:
        seen = {"until": found["items"][0]["at"]}
        upstreams = parts_of(request).upstreams
        await attempt(upstreams.post_json("tickets", "/unread/seen", reader.session.principal, seen))
    return page("unread.html", reader.viewer, section="unread", found=found)
