"""Reports by e-mail: what is sent every month, to whom, and what became of each letter."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id, now
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, key_in, reading, version_in, writing
from gateway.web.error_page import error_page
from gateway.web.rendering import render
from gateway.web.reports.report_views import companies_of
from gateway.web.reports.words import DELIVERY_STATES, STAFF_REPORTS
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page, part, wants_part

_HOME, _PATH = "/reports/schedules", "/report-schedules"
_BETWEEN = re.compile(r"[\s,;]+")
# A refusal of one of them: `recipients.1`.
_EACH = "recipients."
FRESH: Final = {
    "name": "",
    "recipients": (),
    "reports": ("work",),
    "company": None,
    "format": "pdf",
    "day": 1,
    "lang": "ru",
}
router = pages_router()


@router.api_route(_HOME, methods=READING)
async def list_schedules(request: Request) -> Response:
    reader = await reading(request)
    return await _list(reader, FRESH)


@router.post(_HOME)
async def add_schedule(request: Request) -> Response:
    reader = await writing(request)
    form = await request.form()
    body = _body(await form_of(request), [str(one) for one in form.getlist("reports")])
    try:
        await reader.post(_PATH, body, key_in(await form_of(request)), service="reporting")
    except UpstreamProblem as problem:
        return await _list(reader, body, problem)
    return RedirectResponse(_HOME, 303)


@router.api_route(_HOME + "/{schedule_id}", methods=READING)
async def show_schedule(request: Request, schedule_id: UUID) -> Response:
    reader = await reading(request)
    return await (_letters if wants_part(request) else _one)(reader, schedule_id)


@router.post(_HOME + "/{schedule_id}")
async def save_schedule(request: Request, schedule_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    body = _body(form, [str(one) for one in (await request.form()).getlist("reports")])
    body["active"] = form.get("active") == "yes"
    try:
        await _call(reader, "PATCH", f"{_PATH}/{schedule_id}", body, version_in(form))
    except UpstreamProblem as problem:
        return await _one(reader, schedule_id, body, problem)
    return RedirectResponse(f"{_HOME}/{schedule_id}", 303)


@router.post(_HOME + "/{schedule_id}/send")
async def send(request: Request, schedule_id: UUID) -> Response:
    """Now, or again what is in the log."""
    reader = await writing(request)
    form = await form_of(request)
    wanted = {name: form[name] for name in ("month", "recipient") if form.get(name)}
    try:
        path = f"{_PATH}/{schedule_id}/deliveries"
        await reader.post(path, wanted, key_in(form), service="reporting")
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"{_HOME}/{schedule_id}")
    return RedirectResponse(f"{_HOME}/{schedule_id}#log", 303)


@router.post(_HOME + "/{schedule_id}/end")
async def end(request: Request, schedule_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    try:
        await _call(reader, "DELETE", f"{_PATH}/{schedule_id}", None, version_in(form))
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"{_HOME}/{schedule_id}")
    return RedirectResponse(_HOME, 303)


async def _list(reader: Reader, typed: Mapping[str, Any], problem: UpstreamProblem | None = None) -> Response:
    found, companies = await asyncio.gather(reader.get(_PATH, service="reporting"), companies_of(reader))
    return _page(reader, "schedules", typed, companies, problem, found=found)


async def _one(
    reader: Reader,
    schedule_id: UUID,
    typed: Mapping[str, Any] | None = None,
    problem: UpstreamProblem | None = None,
) -> Response:
    path = f"{_PATH}/{schedule_id}"
    found, log, companies = await asyncio.gather(
        reader.get(path, service="reporting"),
        reader.part(f"{path}/deliveries", service="reporting"),
        companies_of(reader),
    )
    kept = {**found, "company": found["company"]["id"] if found["company"] else None}
    zone = parts_of(reader.request).settings.time_zone
    today: date = now().astimezone(zone).date()
    return _page(
        reader,
        "schedule",
        typed or kept,
        companies,
        problem,
        schedule=found,
        log=log,
        month_before=f"{today.replace(day=1) - timedelta(days=1):%Y-%m}",
    )


async def _letters(reader: Reader, schedule_id: UUID) -> Response:
    """The log alone, for a page that follows it."""
    path = f"{_PATH}/{schedule_id}"
    found, log = await asyncio.gather(
        reader.get(path, service="reporting"), reader.part(f"{path}/deliveries", service="reporting")
    )
    shown = {"schedule": found, "log": log, "states": DELIVERY_STATES, "new_key": lambda: str(new_id())}
    return part(render("reports/letters.html", reader.viewer.lang, viewer=reader.viewer, **shown))


def _page(
    reader: Reader,
    template: str,
    typed: Mapping[str, Any],
    companies: Mapping[str, str],
    problem: UpstreamProblem | None,
    **shown: Any,
) -> Response:
    return page(
        f"reports/{template}.html",
        reader.viewer,
        problem.status if problem else 200,
        section="reports",
        reports=STAFF_REPORTS,
        states=DELIVERY_STATES,
        companies=companies,
        typed=typed,
        wrong={field.partition(".")[0] for field, _message in problem.errors} if problem else set(),
        no_addresses=no_addresses(typed, problem) if problem else [],
        problem=_why(reader, problem) if problem else "",
        new_key=lambda: str(new_id()),
        **shown,
    )


def no_addresses(typed: Mapping[str, Any], problem: UpstreamProblem) -> list[str]:
    """Those of the recipients that were refused, by their places."""
    places = [field.partition(".")[2] for field, _message in problem.errors if field.startswith(_EACH)]
    return [typed["recipients"][int(place)] for place in places if place.isdigit()]


def _body(form: Mapping[str, str], reports: list[str]) -> dict[str, Any]:
    """As the service wants it; what is no number it refuses."""
    day = form.get("day", "")
    return {
        "name": form.get("name", ""),
        "recipients": [one for one in _BETWEEN.split(form.get("recipients", "")) if one],
        "reports": reports,
        "format": form.get("format", ""),
        "lang": form.get("lang", ""),
        "company": form.get("company") or None,
        "day": int(day) if day.isascii() and day.isdigit() and len(day) < 4 else 0,
    }


async def _call(reader: Reader, method: str, path: str, body: Any, version: str) -> None:
    """Raises UpstreamProblem."""
    answer = await parts_of(reader.request).upstreams.call(
        "reporting", method, path, reader.session.principal, body=body, headers={"If-Match": f'"{version}"'}
    )
    answer.raise_for_problem()


def _why(reader: Reader, problem: UpstreamProblem) -> str:
    if problem.status == 403:
        return reader.say(_("Your role does not allow to change this."))
    if problem.status == 409:
        return reader.say(
            _("Somebody changed this meanwhile. What you typed is still here: save it over it?")
        )
    if problem.status >= 500:
        return reader.say(_("This does not answer just now. What you typed is kept; try again."))
    return reader.say(_("Look at what is marked."))


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
