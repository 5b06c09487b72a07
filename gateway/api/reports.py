"""The reports, as JSON or as files of the same numbers: for staff, and for a client's manager."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from chassis.problems import Problem
from contracts.import_http import WORKBOOK
from contracts.reports_http import (
    ArticlesReport,
    BacklogReport,
    CategoriesReport,
    EffectivenessReport,
    LinePage,
    LinesQuery,
    ReportQuery,
    SlaReport,
    StaffReportName,
    WorkQuery,
    WorkReport,
)
from gateway.access.callers import any_viewer, staff_session
from gateway.api.calls import Call, Handler, Who
from gateway.api.passing import for_both
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

_FILES = f"text/csv, {WORKBOOK}, application/pdf"
_PAGED = ("limit", "cursor")


class FormattedQuery(ReportQuery):
    """`format`: JSON, or a file with the same numbers; `lang`: of the file's words."""

    format: Literal["json", "csv", "xlsx", "pdf"] = "json"
    lang: Literal["ru", "en"] = "ru"


class WorkFormattedQuery(WorkQuery, FormattedQuery):
    """A file has all lines: `limit` and `cursor` are for JSON alone."""


def report(name: StaffReportName) -> Handler:
    """The report, or the file of it where `format` says so."""

    async def handle(request: Request) -> Response:
        viewer = await (staff_session if name == "articles" else any_viewer)(request)
        asked = request.query_params.multi_items()
        wanted = request.query_params.get("format", "json")
        if wanted not in ("json", "csv", "xlsx", "pdf"):
            raise Problem(422, errors=[("format", "json, csv, xlsx or pdf")])
        if request.query_params.get("lang", "ru") not in ("ru", "en"):
            raise Problem(422, errors=[("lang", "ru or en")])
        is_file = wanted != "json"
        left_out = _PAGED if is_file else ("format", "lang")
        query = urlencode([(key, value) for key, value in asked if key not in left_out])
        return await parts_of(request).upstreams.forward(
            request,
            "reporting",
            f"/reports/{name}/file" if is_file else f"/reports/{name}",
            viewer.principal,
            query=query,
            deadline=UPLOAD_DEADLINE_SECONDS,
            stream=is_file,
        )

    return handle


def _call(name: StaffReportName, summary: str, answer: type[BaseModel], who: Who = "both") -> Call:
    query = WorkFormattedQuery if name == "work" else FormattedQuery
    return Call(
        "GET", f"/reports/{name}", report(name), summary, who, "reports",
        query=query, answer=answer, media=_FILES, also=(503,),
    )  # fmt: skip


CALLS = (
    _call("work", "Work done: totals, performers, what contracts had included, each ticket", WorkReport),
    _call("categories", "Categories, their change, and what should be modernised", CategoriesReport),
    _call("effectiveness", "How soon: the service, each specialist, hours and weekdays", EffectivenessReport),
    _call("sla", "SLA kept and broken, per company and priority, with reasons", SlaReport),
    _call("backlog", "What is open, by age, status and assignee; arrivals against closings", BacklogReport),
    _call(
        "articles", "The FAQ at work: uses, handling time with and without, what to write next",
        ArticlesReport, "staff",
    ),
    Call(
        "GET", "/reports/lines", for_both("reporting", "/reports/lines"),
        "The tickets behind a figure", "both", "reports", query=LinesQuery, answer=LinePage,
    ),
)  # fmt: skip
