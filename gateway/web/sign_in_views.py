"""Signing in and out, and how the pages look and speak."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.problems import Problem
from gateway.access.callers import address_of, staff_or_none, staff_session
from gateway.access.cookies import clear_session_cookie, session_token_of, set_session_cookie
from gateway.access.csrf import check_same_origin
from gateway.access.sign_in import Visitor, sign_in
from gateway.parts import parts_of
from gateway.web.language import LANGUAGES, words_of
from gateway.web.routing import READING, local_path, pages_router
from gateway.web.viewer import THEMES, page, viewer_for

_YEAR = 365 * 24 * 3600
router = pages_router()


@router.api_route("/login", methods=READING)
async def show_login(request: Request) -> Response:
    then = local_path(request.query_params.get("next", ""), "/tickets")
    if await staff_or_none(request):
        return RedirectResponse(then, 303)
    return _form(request, then)


@router.post("/login")
async def login(request: Request) -> Response:
    check_same_origin(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    then = local_path(form.get("next", ""), "/tickets")
    login = form.get("login", "")
    try:
        token, _ = await sign_in(
            parts_of(request).access,
            login[:200],
            form.get("password", "")[:2000],
            form.get("totp", "").strip()[:20] or None,
            Visitor(address_of(request), request.headers.get("user-agent", "")),
        )
    except Problem as problem:
        return _form(request, then, login=login[:200], problem=problem)
    if before := session_token_of(request):
        await parts_of(request).access.sessions.close(before)
    response = RedirectResponse(then, 303)
    set_session_cookie(request, response, token)
    return response


@router.post("/logout")
async def logout(request: Request) -> Response:
    if await staff_or_none(request):
        await staff_session(request)
    if token := session_token_of(request):
        await parts_of(request).access.sessions.close(token)
    response = RedirectResponse("/login", 303)
    clear_session_cookie(request, response)
    return response


@router.post("/preferences")
async def prefer(request: Request) -> Response:
    check_same_origin(request)
    form = await request.form()
    response = RedirectResponse(local_path(str(form.get("back", "")), "/tickets"), 303)
    for name, known in (("lang", LANGUAGES), ("theme", THEMES)):
        value = form.get(name)
        if isinstance(value, str) and value in known:
            secure = parts_of(request).settings.secure_cookies
            response.set_cookie(name, value, max_age=_YEAR, samesite="lax", httponly=True, secure=secure)
    return response


def _form(request: Request, then: str, *, login: str = "", problem: Problem | None = None) -> Response:
    viewer = viewer_for(request, "")
    wants_code = bool(problem and problem.kind in ("/problems/totp-wanted", "/problems/totp-wrong"))
    response = page(
        "login.html",
        viewer,
        problem.status if problem else 200,
        next=then,
        login=login,
        problem=_why(viewer.lang, problem) if problem else "",
        wants_code=wants_code,
    )
    if problem and "Retry-After" in problem.headers:
        response.headers["Retry-After"] = problem.headers["Retry-After"]
    return response


def _why(lang: str, problem: Problem) -> str:
    words = words_of(lang)
    if problem.status == 429:
        seconds = int(problem.headers.get("Retry-After", "1"))
        return words.ngettext(
            "Too many attempts. Try again in %(num)d second.",
            "Too many attempts. Try again in %(num)d seconds.",
            seconds,
        ) % {"num": seconds}
    return words.gettext(_why_not(problem))


def _why_not(problem: Problem) -> str:
    if problem.kind == "/problems/totp-wanted":
        return _("Now the code of your authenticator, with the password once more.")
    if problem.status == 401:
        return (
            _("The one-time code is wrong.")
            if "totp" in problem.kind
            else _("The login or the password is wrong.")
        )
    return _("This does not answer just now. Try again in a few seconds.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
