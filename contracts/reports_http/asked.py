"""What a report is asked for: a period, limits, a figure whose tickets are wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.day import Day
from contracts.text import Line
from contracts.tickets import Priority, Status

MOST_DAYS = 3700
Clock = Literal["plan", "shift"]


class ReportQuery(BaseModel):
    """`from` and `to` are days of the service's time zone, both included; without them, this month so far.

    `staff` is the performer in the report of work and the assignee in all others. `category` is the full
    name; one of the first level means those under it as well. Who is limited to companies sees only those.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    company: UUID | None = None
    staff: UUID | None = None
    category: Annotated[Line, Field(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def _is_a_period(self) -> ReportQuery:
        if (self.from_ is None) != (self.to is None):
            raise ValueError("a period has both `from` and `to`")
        if self.from_ and self.to and not timedelta(0) <= self.to - self.from_ < timedelta(MOST_DAYS):
            raise ValueError(f"`from` is not after `to`, and at most {MOST_DAYS} days before it")
        return self


class WorkQuery(ReportQuery):
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    cursor: Annotated[str, Field(max_length=1000)] = ""


ReportName = Literal["work", "categories", "effectiveness", "sla", "backlog"]
# Of the FAQ, which is of no client: for staff alone.
StaffReportName = Literal[ReportName, "articles"]
FileFormat = Literal["csv", "xlsx", "pdf"]


class FileQuery(ReportQuery):
    """`lang`: of titles and words."""

    format: FileFormat
    lang: Literal["ru", "en"] = "ru"


Figure = Literal[
    "worked",
    "additional",
    "received",
    "resolved",
    "ended",
    "open",
    "reaction_kept",
    "reaction_broken",
    "resolution_kept",
    "resolution_broken",
    "assigned_kept",
    "assigned_broken",
    "rated",
    "received_additional",
    "reaction_time",
    "assigned_time",
    "resolution_time",
    "used",
    "handled_time",
]
AgeBucket = Literal["day", "3 days", "week", "month", "older"]


class LinesQuery(WorkQuery):
    """The tickets behind a figure.

    `worked`, `additional`: with minutes (of that kind) logged in the period; `received`, `resolved`, `ended`
    (closed, cancelled or resolved) in the period; `open`: as it is now, whatever the period; `…_kept`,
    `…_broken`: received in the period, target kept or missed; `rated`: received in the period, with a rating.
    `assigned_…` is of the reaction from the assignment, in the assignee's shift; `received_additional`:
    received in the period, with additional work whenever it was logged.

    `…_time`: received in the period, with such a time, which a median is taken over: the longest first, of
    equal ones the newest. `at_most`: from those of so many minutes on. `handled_time` is what is in the log
    of a ticket received in the period and solved.

    `used`: an article of the FAQ was used for it in the period, one of a kind if `use` says so; by numbers.
    `article`: an article that was used for it since the period began; `without_article`: one that was not.
    These, `used` and `handled_time` are for staff alone.

    `exactly`: of the `category` itself, without those under it, as the rows of the report of categories are.
    `without_equipment`: those that name none, as candidates without one do.
    `reason` is one of breaches, as it was said; `unexplained`: none was said. `age` is how long ago it was
    received; `weekday` (0 Monday) and `hour` are of when it was, by the wall clock of the service's zone.
    """

    figure: Figure = "received"
    at_most: Annotated[int, Field(ge=0, le=2**31)] | None = None
    priority: Priority | None = None
    equipment: UUID | None = None
    without_equipment: bool = False
    status: Status | None = None
    exactly: bool = False
    uncategorised: bool = False
    unassigned: bool = False
    reason: Annotated[Line, Field(min_length=1, max_length=2000)] | None = None
    unexplained: bool = False
    age: AgeBucket | None = None
    article: UUID | None = None
    without_article: UUID | None = None
    use: Literal["inserted", "linked"] | None = None
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    hour: Annotated[int, Field(ge=0, le=23)] | None = None
