"""Files of reports that are made in the background: how far each is, and the finished ones to fetch."""

from __future__ import annotations

from collections.abc import Container
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.principal import Principal
from chassis.problems import Problem
from gateway.access.callers import device_or_none, device_session
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import form_of, key_in
from gateway.web.desk_calls import attempt
from gateway.web.language import words_of
from gateway.web.portal_views import employee
from gateway.web.rendering import render
from gateway.web.reports.asked import read_asked
from gateway.web.reports.report_views import asked_in
from gateway.web.reports.words import EXPORT_STATES, REPORTS, STAFF_REPORTS
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page, part, wants_part

_STAFF, _PORTAL = "/reports/exports", "/portal/reports/exports"
_PATH = "/report-exports"
_FORMATS = ("xlsx", "pdf", "csv")
router = pages_router()


@router.api_route(_STAFF, methods=READING)
async def list_exports(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return await _list(request, session.principal, viewer, base=_STAFF)


@router.post(_STAFF)
async def ask_export(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    problem = await _ask(request, session.principal, viewer.lang, STAFF_REPORTS)
    if problem:
        return await _list(request, session.principal, viewer, base=_STAFF, problem=problem)
    return RedirectResponse(_STAFF, 303)


@router.api_route(_PORTAL, methods=READING)
async def list_for_manager(request: Request) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    _check_manages(device)
    viewer = employee(request, device)
    return await _list(request, device.principal, viewer, base=_PORTAL, me=device)


@router.post(_PORTAL)
async def ask_for_manager(request: Request) -> Response:
    device = await device_session(request)
    _check_manages(device)
    viewer = employee(request, device)
    problem = await _ask(request, device.principal, viewer.lang, REPORTS, company=str(device.company_id))
    if problem:
        return await _list(request, device.principal, viewer, base=_PORTAL, problem=problem, me=device)
    return RedirectResponse(_PORTAL, 303)


@router.post(_STAFF + "/{export_id}/end")
async def end_export(request: Request, export_id: UUID) -> Response:
    session, _ = await writing_staff(request)
    return await _end(request, session.principal, export_id, base=_STAFF)


@router.post(_PORTAL + "/{export_id}/end")
async def end_for_manager(request: Request, export_id: UUID) -> Response:
    device = await device_session(request)
    _check_manages(device)
    return await _end(request, device.principal, export_id, base=_PORTAL)


def _check_manages(device: Any) -> None:
    """Whoever is no manager has no reports: the same answer as where there is nothing."""
    if not (device.is_manager and device.confirmed):
        raise Problem(404)


async def _ask(
    request: Request, who: Principal, lang: str, offered: Container[str], company: str = ""
) -> str:
    """Empty, or what refuses it, in the reader's language."""
    form = await form_of(request)
    if form.get("report") not in offered or form.get("format") not in _FORMATS:
        raise Problem(404)
    asked = read_asked(form, asked_in(request).last).limited_to(company=company).query
    body = {**asked, "report": form["report"], "format": form["format"], "lang": lang}
    headers = {"Idempotency-Key": key_in(form)}
    try:
        await parts_of(request).upstreams.post_json("reporting", _PATH, who, body, headers=headers)
    except UpstreamProblem as problem:
        gettext = words_of(lang).gettext
        if problem.status == 409:
            return gettext("Other files are being made for you already: wait until they are ready.")
        return gettext("The file could not be asked for. Try again.")
    return ""


async def _end(request: Request, who: Principal, export_id: UUID, *, base: str) -> Response:
    """One that is gone already is as it was to be."""
    answer = await parts_of(request).upstreams.call("reporting", "DELETE", f"{_PATH}/{export_id}", who)
    if answer.status != 404:
        answer.raise_for_problem()
    return RedirectResponse(base, 303)


async def _list(
    request: Request, who: Principal, viewer: Viewer, *, base: str, problem: str = "", me: Any = None
) -> Response:
    found = await attempt(parts_of(request).upstreams.get_json("reporting", _PATH, who))
    items = (found or {"items": []})["items"]
    shown = {
        "found": found,
        "reports": STAFF_REPORTS,
        "states": EXPORT_STATES,
        "base": base,
        "is_working": any(one["state"] in ("waiting", "making") for one in items),
    }
    if wants_part(request):
        return part(render("reports/exported.html", viewer.lang, viewer=viewer, **shown))
    return page(
        "reports/exports.html",
        viewer,
        status=409 if problem else 200,
        section="reports",
        problem=problem,
        frame="portal/layout.html" if me else "clients/layout.html",
        me=me,
        **shown,
    )
