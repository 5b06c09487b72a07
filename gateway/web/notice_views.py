"""What one wants to be told of («Уведомления»): chosen by each specialist, shown by the browser."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt
from gateway.web.filters import VIEWS
from gateway.web.labels import VIEWS as VIEW_NAMES
from gateway.web.language import words_of
from gateway.web.own_views import own_views
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page

router = pages_router()


@router.api_route("/notices", methods=READING)
async def show_notices(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return await _page(request, session, viewer)


@router.post("/notices")
async def choose_notices(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = await request.form()
    view = form.get("view")
    chosen = {name: name in form for name in ("assigned", "answered", "due")}
    settings = {"view": view or None, **chosen}
    try:
        await parts_of(request).upstreams.put_json("tickets", "/notices", session.principal, settings)
    except UpstreamProblem as problem:
        if problem.status != 422:
            raise
        return await _page(request, session, viewer, 422)
    return RedirectResponse("/notices", 303)


async def _page(request: Request, session: StaffSession, viewer: Viewer, status: int = 200) -> Response:
    """A view with a search is not offered: whether a new ticket fits it only the server could say."""
    parts, gettext = parts_of(request), words_of(viewer.lang).gettext
    settings: dict[str, Any] | None = await attempt(
        parts.upstreams.get_json("tickets", "/notices", session.principal)
    )
    own = await own_views(parts, session.principal)
    choices = [(name, gettext(VIEW_NAMES[name])) for name in VIEWS]
    choices += [(one.id, one.name) for one in own.items if not one.filters.q]
    return page("notices.html", viewer, status, section="tickets", settings=settings, choices=choices)
