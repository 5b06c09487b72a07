"""The reports, and the tickets behind each of their figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id, now
from chassis.problems import Problem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, reading
from gateway.web.reports.asked import PERIODS, Asked, read_asked
from gateway.web.reports.shown import SHOWN, lines
from gateway.web.reports.words import FIGURES, PERIOD_NAMES, STAFF_FIGURES, STAFF_REPORTS
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

LINES_OF_A_PAGE = "100"
# Of more tickets a file takes longer than one likes to look at a page that loads.
_LARGE = 2000
_MOST_COMPANY_PAGES = 10
_LONGEST = 1000
# What narrows the tickets behind a figure further than the report itself.
NARROWER = (
    "figure",
    "at_most",
    "priority",
    "equipment",
    "without_equipment",
    "status",
    "exactly",
    "uncategorised",
    "unassigned",
    "reason",
    "unexplained",
    "age",
    "weekday",
    "hour",
    "cursor",
)
# By what articles were good for: for staff alone.
_BY_ARTICLES = ("article", "without_article", "use")
router = pages_router()


@router.api_route("/reports", methods=READING)
async def begin(request: Request) -> Response:
    query = request.url.query
    return RedirectResponse("/reports/work" + (f"?{query}" if query else ""), 303)


@router.api_route("/reports/{name}", methods=READING)
async def show_report(request: Request, name: str) -> Response:
    if name not in STAFF_REPORTS:
        raise Problem(404)
    reader = await reading(request)
    asked = asked_in(request)
    query = dict(asked.query)
    if name == "work":
        query |= {"limit": LINES_OF_A_PAGE, "cursor": reader.asked("cursor")}
    found, choices = await asyncio.gather(
        reader.part(f"/reports/{name}", said(query), service="reporting"), _choices(reader)
    )
    charts = SHOWN.get(name)
    shown = charts(found, reader.viewer.lang, behind(name, asked)) if found and charts else {}
    return _page(reader, name, asked, choices, report=found, **shown)


@router.api_route("/reports/{name}/tickets", methods=READING)
async def show_lines(request: Request, name: str) -> Response:
    """The tickets behind a figure of a report."""
    if name not in STAFF_REPORTS:
        raise Problem(404)
    reader = await reading(request)
    asked = asked_in(request)
    narrower = narrower_in(request.query_params, STAFF_FIGURES, (*NARROWER, *_BY_ARTICLES))
    query = said({**asked.query, **narrower, "limit": LINES_OF_A_PAGE})
    found, choices = await asyncio.gather(
        reader.part("/reports/lines", query, service="reporting"), _choices(reader)
    )
    return _page(
        reader,
        name,
        asked,
        choices,
        template="lines",
        report=None,
        **lines(found, narrower),
    )


def zone_in(request: Request) -> str:
    """Whose midnight ends the days of a report."""
    return str(parts_of(request).settings.time_zone)


def asked_in(request: Request) -> Asked:
    zone = parts_of(request).settings.time_zone
    return read_asked(request.query_params, now().astimezone(zone).date())


def narrower_in(
    query: Mapping[str, str], figures: Mapping[str, str] = FIGURES, names: Sequence[str] = NARROWER
) -> dict[str, str]:
    """What narrows the tickets further than the report does."""
    narrower = {name: query.get(name, "").replace("\0", " ")[:_LONGEST].strip() for name in names}
    return narrower | {"figure": narrower["figure"] if narrower["figure"] in figures else "received"}


def said(query: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in query.items() if value}


def _page(
    reader: Reader,
    name: str,
    asked: Asked,
    choices: Mapping[str, Any],
    *,
    template: str = "",
    **shown: Any,
) -> Response:
    return page(
        f"reports/{template or name}.html",
        reader.viewer,
        section="reports",
        is_large=is_large(name, shown["report"]),
        new_key=lambda: str(new_id()),
        name=name,
        reports=STAFF_REPORTS,
        asked=asked,
        periods={one: PERIOD_NAMES[one] for one in PERIODS},
        lines_of_a_page=int(LINES_OF_A_PAGE),
        behind_figure=behind(name, asked),
        zone=zone_in(reader.request),
        **choices,
        **shown,
    )


def is_large(name: str, report: Mapping[str, Any] | None) -> bool:
    """Whether the report's files are made in the background."""
    return name == "work" and report is not None and report["totals"]["tickets"] > _LARGE


def behind(name: str, asked: Asked, base: str = "/reports") -> Callable[..., str]:
    """The address of the tickets behind a figure; what narrows it goes before the report's own filters."""

    def address(figure: str, **narrower: str) -> str:
        own = {key: value for key, value in narrower.items() if key in ("company", "staff", "category")}
        days = {key: value for key, value in narrower.items() if key in ("from", "to")}
        more = {key: value for key, value in narrower.items() if key not in (*own, *days) and value}
        query = {**asked.limited_to(**own).query, **days}
        return f"{base}/{name}/tickets?{urlencode({**query, 'figure': figure, **more})}"

    return address


async def _choices(reader: Reader) -> dict[str, Any]:
    """What the filters offer; a part that does not answer leaves them shorter."""
    companies, categories, names = await asyncio.gather(
        companies_of(reader), reader.part("/categories", service="tickets"), reader.names()
    )
    return {
        "companies": companies,
        "categories": [one["path"] for one in (categories or {"items": []})["items"]],
        "names": names,
    }


async def companies_of(reader: Reader) -> dict[str, str]:
    names: dict[str, str] = {}
    query = {"limit": "200"}
    for _ in range(_MOST_COMPANY_PAGES):
        found = await reader.part("/companies", query)
        if found is None:
            break
        names |= {one["id"]: one["name"] for one in found["items"]}
        if not found["next"]:
            break
        query["cursor"] = found["next"]
    return names
