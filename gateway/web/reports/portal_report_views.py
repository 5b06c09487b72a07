"""A client manager's reports in the portal: of the own company, and of nothing else."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from chassis.problems import Problem
from gateway.access.callers import device_or_none
from gateway.access.viewers import DeviceSession
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt
from gateway.web.portal_views import employee
from gateway.web.reports.asked import PERIODS, Asked
from gateway.web.reports.report_views import (
    LINES_OF_A_PAGE,
    asked_in,
    behind,
    is_large,
    narrower_in,
    said,
    zone_in,
)
from gateway.web.reports.shown import SHOWN, lines
from gateway.web.reports.words import PERIOD_NAMES, REPORTS
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_BASE = "/portal/reports"
_PART_SECONDS = 5.0
router = pages_router()


@router.api_route(_BASE, methods=READING)
async def begin(request: Request) -> Response:
    return RedirectResponse(f"{_BASE}/work", 303)


@router.api_route(_BASE + "/{name}", methods=READING)
async def show_report(request: Request, name: str) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    asked = _asked(request, device, name)
    query = dict(asked.query)
    if name == "work":
        cursor = request.query_params.get("cursor", "")[:1000]
        query |= {"limit": LINES_OF_A_PAGE, "cursor": cursor}
    found = await _read(request, device, f"/reports/{name}", said(query))
    lang = employee(request, device).lang
    shown = SHOWN[name](found, lang, behind(name, asked, _BASE)) if found else {}
    return _page(request, device, name, asked, report=found, **shown)


@router.api_route(_BASE + "/{name}/tickets", methods=READING)
async def show_lines(request: Request, name: str) -> Response:
    """The tickets behind a figure of a report."""
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    asked = _asked(request, device, name)
    narrower = narrower_in(request.query_params)
    found = await _read(
        request, device, "/reports/lines", said({**asked.query, **narrower, "limit": LINES_OF_A_PAGE})
    )
    return _page(request, device, name, asked, "lines", report=None, **lines(found, narrower))


def _asked(request: Request, device: DeviceSession, name: str) -> Asked:
    """Whoever is no manager has no reports: the same answer as where there is nothing."""
    if name not in REPORTS or not (device.is_manager and device.confirmed):
        raise Problem(404)
    return asked_in(request).limited_to(company=str(device.company_id))


async def _read(request: Request, device: DeviceSession, path: str, query: dict[str, str]) -> Any | None:
    return await attempt(
        parts_of(request).upstreams.get_json(
            "reporting", path, device.principal, query=query, deadline=_PART_SECONDS
        )
    )


def _page(
    request: Request, device: DeviceSession, name: str, asked: Asked, template: str = "", **shown: Any
) -> Response:
    return page(
        f"reports/{template or name}.html",
        employee(request, device),
        me=device,
        section="reports",
        is_large=is_large(name, shown["report"]),
        new_key=lambda: str(new_id()),
        problem="",
        frame="portal/report.html",
        base=_BASE,
        name=name,
        reports=REPORTS,
        asked=asked,
        periods={one: PERIOD_NAMES[one] for one in PERIODS},
        lines_of_a_page=int(LINES_OF_A_PAGE),
        behind_figure=behind(name, asked, _BASE),
        zone=zone_in(request),
        **shown,
    )
