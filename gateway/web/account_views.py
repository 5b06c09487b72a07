"""One's own account: one-time codes for signing in."""

from __future__ import annotations

import segno
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chassis.clock import now
from chassis.problems import Problem
from gateway.access import second_factor
from gateway.parts import parts_of
from gateway.web.language import words_of
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page

_GROUP = 4
router = pages_router()


@router.api_route("/account", methods=READING)
async def show_account(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return _page(viewer, is_on=await second_factor.is_on(parts_of(request).access, session.staff_id))


@router.api_route("/account/codes", methods=READING)
@router.api_route("/account/codes/{step}", methods=READING)
async def begin_again(request: Request) -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse("/account", 303)


@router.post("/account/codes")
async def begin(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = await _form(request)
    try:
        secret, uri = await second_factor.offer(
            parts_of(request).access, session, form.get("current", "")[:1000]
        )
    except Problem as problem:
        return await _again(request, viewer, problem)
    return _page(viewer, is_on=False, secret=secret, uri=uri)


@router.post("/account/codes/first")
async def confirm(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = await _form(request)
    try:
        await second_factor.confirm(parts_of(request).access, session, form.get("code", "")[:20], now())
    except Problem as problem:
        return await _again(request, viewer, problem)
    return RedirectResponse("/account", 303)


@router.post("/account/codes/off")
async def take_away(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = await _form(request)
    try:
        await second_factor.take_away(
            parts_of(request).access,
            session,
            form.get("current", "")[:1000],
            form.get("code", "")[:20],
            now(),
        )
    except Problem as problem:
        return await _again(request, viewer, problem)
    return RedirectResponse("/account", 303)


async def _form(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def _again(request: Request, viewer: Viewer, problem: Problem) -> Response:
    """The same page with what was wrong; a secret that was offered waits for its code."""
    access = parts_of(request).access
    assert viewer.staff is not None  # noqa: S101 - the page is for staff
    offered = await second_factor.offered(access, viewer.staff.id) if problem.status == 422 else None
    is_on = await second_factor.is_on(access, viewer.staff.id)
    secret, uri = offered or ("", "")
    words = words_of(viewer.lang).gettext(_why(problem))
    return _page(viewer, is_on=is_on, secret=secret, uri=uri, problem=words, status=problem.status)


def _why(problem: Problem) -> str:
    known = {
        403: _("The password is wrong."),
        409: _("This was changed meanwhile. Look at it anew and decide again."),
        422: _("The one-time code is wrong."),
        429: _("Too many attempts. Wait a little, then try again."),
    }
    return known.get(problem.status, _("This does not answer just now. Try again in a few seconds."))


def _page(
    viewer: Viewer, *, is_on: bool, secret: str = "", uri: str = "", problem: str = "", status: int = 200
) -> Response:
    spaced = " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP))
    return page(
        "own_account.html", viewer, status, is_on=is_on, secret=spaced, uri=uri, picture=_picture(uri),
        problem=problem,
    )  # fmt: skip


def _picture(uri: str) -> Markup:
    """Drawn into the page itself: an address of its own would have to carry the secret."""
    if not uri:
        return Markup("")
    return Markup(segno.make(uri, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff"))  # noqa: S704 - ours


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
