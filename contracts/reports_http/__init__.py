"""What reporting answers over HTTP: the five reports, that of the FAQ, and the tickets behind each figure.

Every clock that is met in them: a **day** is a calendar day of the service's time zone (`zone`). **Minutes of
work** are what people logged. **Working minutes** (`reaction_minutes`, `resolution_minutes`) are those of the
ticket's own SLA bar: by the calendar of the plan that held for it, the resolution without pauses.
**Minutes of a shift** are counted from the assignment, in the assignee's shift (the plan's calendar where
none is known). Merged tickets count as their targets only. Null is never zero: a median of nothing, or a
share of nothing, is null.
"""

from contracts.reports_http.articles import (
    ArticleRef,
    ArticlesReport,
    ArticleUse,
    Comparison,
    Handled,
    Uncovered,
)
from contracts.reports_http.asked import (
    MOST_DAYS,
    AgeBucket,
    Clock,
    Figure,
    FileFormat,
    FileQuery,
    LinesQuery,
    ReportName,
    ReportQuery,
    StaffReportName,
    WorkQuery,
)
from contracts.reports_http.backlog import AgeRow, AssigneeRow, BacklogReport, FlowDay, StatusRow
from contracts.reports_http.categories import Candidate, CategoriesReport, CategoryCell, CategoryRow, Why
from contracts.reports_http.effectiveness import EffectivenessReport, HeatCell, Speed, SpeedStep, StaffSpeed
from contracts.reports_http.lines import LinePage
from contracts.reports_http.report import Filters, Period, Report, Step, TicketLine
from contracts.reports_http.sla import Kept, ReasonRow, SlaReport, SlaRow, SlaStep
from contracts.reports_http.work import ContractUse, Customer, PerformerWork, WorkReport, WorkStep, WorkTotals

__all__ = [
    "MOST_DAYS",
    "AgeBucket",
    "AgeRow",
    "ArticleRef",
    "ArticleUse",
    "ArticlesReport",
    "AssigneeRow",
    "BacklogReport",
    "Candidate",
    "CategoriesReport",
    "CategoryCell",
    "CategoryRow",
    "Clock",
    "Comparison",
    "ContractUse",
    "Customer",
    "EffectivenessReport",
    "Figure",
    "FileFormat",
    "FileQuery",
    "Filters",
    "FlowDay",
    "Handled",
    "HeatCell",
    "Kept",
    "LinePage",
    "LinesQuery",
    "PerformerWork",
    "Period",
    "ReasonRow",
    "Report",
    "ReportName",
    "ReportQuery",
    "SlaReport",
    "SlaRow",
    "SlaStep",
    "Speed",
    "SpeedStep",
    "StaffReportName",
    "StaffSpeed",
    "StatusRow",
    "Step",
    "TicketLine",
    "Uncovered",
    "Why",
    "WorkQuery",
    "WorkReport",
    "WorkStep",
    "WorkTotals",
]
