"""5. Backlog: what is open, and how it flows."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel

from contracts.day import Day
from contracts.people import StaffRef
from contracts.reports_http.asked import AgeBucket
from contracts.reports_http.report import Period, Report
from contracts.tickets import Status


class AgeRow(BaseModel):
    """Open for up to 1, 3, 7, 30 calendar days since received, or longer: by the wall clock."""

    age: AgeBucket
    tickets: int


class StatusRow(BaseModel):
    status: Status
    tickets: int


class AssigneeRow(BaseModel):
    """`oldest_at`: when the oldest was received; `staff` null: nobody has it."""

    staff: StaffRef | None
    tickets: int
    waiting: int
    oldest_at: AwareDatetime


class FlowDay(BaseModel):
    """`ended`: resolved, closed or cancelled, at the last time it was; a reopened one is open again.

    `open_at_end` is of that day's end (of now, for today), by how the tickets are now: one that was reopened
    counts as open throughout.
    """

    day: Day
    received: int
    ended: int
    open_at_end: int


class BacklogReport(Report):
    """What is open is as it is now, whatever the period; the flow is of the period."""

    previous: Period
    open: int
    unassigned: int
    received: int
    previous_received: int
    ended: int
    previous_ended: int
    ages: list[AgeRow]
    statuses: list[StatusRow]
    assignees: list[AssigneeRow]
    flow: list[FlowDay]
