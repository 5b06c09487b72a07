"""An employee makes this browser known to us: first the company's code, then who they are."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.problems import Problem
from gateway.access.callers import address_of
from gateway.access.cookies import clear_device_cookie, set_device_cookie
from gateway.access.csrf import check_same_origin
from gateway.access.enrol import enrol, look_up_code
from gateway.answers import Answer
from gateway.parts import parts_of
from gateway.web.labels import ERRORS
from gateway.web.language import words_of
from gateway.web.portal_views import employee
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_FIELDS = ("code", "full_name", "phone", "email")
# What stands in the list of installations in place of a computer's name.
_HOSTNAME = "browser"
router = pages_router()


@router.api_route("/portal/enrol", methods=READING)
async def show_enrolment(request: Request) -> Response:
    """A link that staff have sent brings the code along."""
    code = request.query_params.get("code", "").strip()[:100]
    if not code:
        return _form(request)
    typed = {**dict.fromkeys(_FIELDS, ""), "code": code}
    try:
        return _form(request, typed, await look_up_code(parts_of(request), code, address_of(request)))
    except Problem as problem:
        return _form(request, typed, problem=problem.status)


@router.post("/portal/enrol")
async def enrol_browser(request: Request) -> Response:
    check_same_origin(request)
    form = await request.form()
    typed = {name: str(form.get(name, "")).strip() for name in _FIELDS}
    parts, address = parts_of(request), address_of(request)
    try:
        company = await look_up_code(parts, typed["code"][:100], address)
        if company.status != 200 or not typed["full_name"]:
            return _form(request, typed, company)
        enrolled = await enrol(parts, {**typed, "hostname": _HOSTNAME}, address)
    except Problem as problem:
        return _form(request, typed, problem=problem.status)
    if enrolled.status != 201:
        return _form(request, typed, company, problem=enrolled.status)
    response = RedirectResponse("/portal", 303)
    set_device_cookie(request, response, orjson.loads(enrolled.body)["token"])
    return response


@router.post("/portal/forget")
async def forget_browser(request: Request) -> Response:
    check_same_origin(request)
    response = RedirectResponse("/portal/enrol", 303)
    clear_device_cookie(request, response)
    return response


def _form(
    request: Request,
    typed: dict[str, str] | None = None,
    answer: Answer | None = None,
    problem: int = 0,
) -> Response:
    """With a good code the company is shown and the rest asked for."""
    company: dict[str, Any] | None = None
    if answer is not None and answer.status == 200:
        company = orjson.loads(answer.body)["company"]
    elif answer is not None:
        problem = answer.status
    viewer = employee(request, None)
    return page(
        "portal/enrol.html",
        viewer,
        problem or 200,
        me=None,
        section="",
        company=company,
        typed=typed or dict.fromkeys(_FIELDS, ""),
        problem=_why(viewer.lang, problem) if problem else "",
    )


def _why(lang: str, status: int) -> str:
    gettext = words_of(lang).gettext
    if status in (403, 404):
        return gettext("There is no such code. Look at it once more, or ask who gave it to you.")
    if status == 422:
        return gettext("Check the name, the phone and the e-mail: something in them cannot be right.")
    title, text = ERRORS.get(status) or ERRORS[500 if status >= 500 else 400]
    return gettext(title) + ". " + gettext(text)
