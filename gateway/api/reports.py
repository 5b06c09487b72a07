"""The reports as JSON: for staff, and for a client's manager of the own company."""

from __future__ import annotations

from contracts.reports_http import (
    BacklogReport,
    CategoriesReport,
    EffectivenessReport,
    LinePage,
    LinesQuery,
    ReportQuery,
    SlaReport,
    WorkQuery,
    WorkReport,
)
from gateway.api.calls import Call
from gateway.api.passing import for_both

CALLS = (
    Call(
        "GET", "/reports/work", for_both("reporting", "/reports/work"),
        "Work done: totals, performers, what contracts had included, and each ticket", "both", "reports",
        query=WorkQuery, answer=WorkReport,
    ),
    Call(
        "GET", "/reports/categories", for_both("reporting", "/reports/categories"),
        "Categories, their change, and what should be modernised", "both", "reports",
        query=ReportQuery, answer=CategoriesReport,
    ),
    Call(
        "GET", "/reports/effectiveness", for_both("reporting", "/reports/effectiveness"),
        "How soon: of the service, of each specialist, by hour and weekday", "both", "reports",
        query=ReportQuery, answer=EffectivenessReport,
    ),
    Call(
        "GET", "/reports/sla", for_both("reporting", "/reports/sla"),
        "SLA kept and broken, per company and priority, with reasons", "both", "reports",
        query=ReportQuery, answer=SlaReport,
    ),
    Call(
        "GET", "/reports/backlog", for_both("reporting", "/reports/backlog"),
        "What is open, by age, status and assignee; what came against what ended", "both", "reports",
        query=ReportQuery, answer=BacklogReport,
    ),
    Call(
        "GET", "/reports/lines", for_both("reporting", "/reports/lines"),
        "The tickets behind a figure", "both", "reports", query=LinesQuery, answer=LinePage,
    ),
)  # fmt: skip
