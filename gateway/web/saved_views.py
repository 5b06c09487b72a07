"""Saving a view of the list, and the page on which one arranges them («Виды»)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from chassis.clock import new_id
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.filters import VIEWS, read_filters
from gateway.web.labels import VIEWS as VIEW_NAMES
from gateway.web.language import words_of
from gateway.web.own_views import OwnViews, forget_views, own_views, shared_choices
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page

router = pages_router()
_REFUSED = (403, 404, 409, 412, 422)


@router.api_route("/views", methods=READING)
async def show_views(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return _page(viewer, await own_views(parts_of(request), session.principal))


@router.post("/views")
async def save_view(request: Request) -> Response:
    """A new one of the list as it stands in the address."""
    session, viewer = await writing_staff(request)
    form, filters = await request.form(), read_filters(request.query_params)
    body = {"name": _text(form, "name"), "filters": filters.kept, "shared_with": _shared(form)}
    key = _identity(_text(form, "key"))
    try:
        saved = await parts_of(request).upstreams.post_json(
            "tickets", "/views", session.principal, body, headers={"Idempotency-Key": key}
        )
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, problem)
    forget_views(parts_of(request), session.principal)
    return RedirectResponse(filters.href(saved=saved["id"]), 303)


@router.post("/views/arrangement")
async def arrange(request: Request) -> Response:
    """`move`: a view up or down; `home`: what the list begins with."""
    session, viewer = await writing_staff(request)
    form, views = await request.form(), await own_views(parts_of(request), session.principal)
    home = _text(form, "home") or views.home
    body = {"order": moved([one.id for one in views.items], _text(form, "move")), "home": home}
    try:
        await parts_of(request).upstreams.put_json("tickets", "/views/arrangement", session.principal, body)
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, problem)
    forget_views(parts_of(request), session.principal)
    return RedirectResponse("/views", 303)


@router.post("/views/{view_id}")
async def change_view(request: Request, view_id: UUID) -> Response:
    """Name and sharing from the page; `to` brings the filters up to date with the list."""
    session, viewer = await writing_staff(request)
    form = await request.form()
    is_update = "update" in form
    filters = read_filters(request.query_params)
    patch: dict[str, Any] = (
        {"filters": filters.kept}
        if is_update
        else {"name": _text(form, "name"), "shared_with": _shared(form)}
    )
    try:
        await parts_of(request).upstreams.patch_json(
            "tickets", f"/views/{view_id}", session.principal, patch, headers=_version(form)
        )
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, problem)
    forget_views(parts_of(request), session.principal)
    return RedirectResponse(filters.href(saved=str(view_id)) if is_update else "/views", 303)


@router.post("/views/{view_id}/remove")
async def remove_view(request: Request, view_id: UUID) -> Response:
    session, viewer = await writing_staff(request)
    form = await request.form()
    answer = await parts_of(request).upstreams.call(
        "tickets", "DELETE", f"/views/{view_id}", session.principal, headers=_version(form)
    )
    forget_views(parts_of(request), session.principal)
    try:
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, problem)
    return RedirectResponse("/views", 303)


def moved(order: list[str], move: str) -> list[str]:
    """`up:<id>` or `down:<id>`; anything else leaves the order as it is."""
    direction, _, view_id = move.partition(":")
    if view_id not in order or direction not in ("up", "down"):
        return order
    place = order.index(view_id)
    other = place + (1 if direction == "down" else -1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


async def _refused(
    request: Request, session: StaffSession, viewer: Viewer, problem: UpstreamProblem
) -> Response:
    """The page as things stand now, with why it was not done."""
    if problem.status not in _REFUSED:
        raise problem
    forget_views(parts_of(request), session.principal)
    gettext = words_of(viewer.lang).gettext
    why = (
        gettext("Somebody changed this view meanwhile: it is shown as it is now. Decide again.")
        if problem.status in (404, 409, 412)
        else gettext("This was not accepted: a view needs a name, and only some may change those of others.")
    )
    return _page(viewer, await own_views(parts_of(request), session.principal), why, problem.status)


def _page(viewer: Viewer, views: OwnViews, problem: str = "", status: int = 200) -> Response:
    gettext = words_of(viewer.lang).gettext
    homes = [(name, gettext(VIEW_NAMES[name])) for name in VIEWS]
    return page(
        "list/saved.html", viewer, status, section="tickets", views=views,
        homes=[*homes, *((one.id, one.name) for one in views.items)],
        shared_choices=shared_choices(viewer.lang), problem=problem,
    )  # fmt: skip


def _shared(form: FormData) -> list[str]:
    return [one for one in _text(form, "shared").split(",") if one]


def _version(form: FormData) -> dict[str, str]:
    version = _text(form, "version")
    return {"If-Match": f'"{version}"'} if version.isascii() and version.isdigit() else {}


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _identity(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return str(new_id())
