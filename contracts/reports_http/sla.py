"""4. SLA: kept and broken targets."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.people import CompanyRef
from contracts.reports_http.report import Period, Report, Step
from contracts.tickets import Priority, SlaTarget


class Kept(BaseModel):
    """Judged: done, or missed already; what is still running within its time is neither."""

    judged: int
    kept: int
    broken: int
    share_kept: float | None


class SlaRow(BaseModel):
    company: CompanyRef
    priority: Priority
    tickets: int
    reaction: Kept
    resolution: Kept


class ReasonRow(BaseModel):
    """`reason` null: nobody has said one yet. A ticket that missed both targets counts in both."""

    reason: str | None
    target: SlaTarget
    broken: int


class SlaStep(Step):
    reaction: Kept
    resolution: Kept


class SlaReport(Report):
    """Of tickets received in the period, merged and cancelled ones left out; each by its own plan."""

    previous: Period
    tickets: int
    previous_tickets: int
    reaction: Kept
    previous_reaction: Kept
    resolution: Kept
    previous_resolution: Kept
    steps: list[SlaStep]
    rows: list[SlaRow]
    reasons: list[ReasonRow]
