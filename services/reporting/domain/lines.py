"""The tickets behind a figure."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.people import StaffRef
from contracts.reports_http import AgeBucket, Figure, TicketLine
from services.reporting.domain.asked import Asked
from services.reporting.domain.projection import Known, Work
from services.reporting.domain.span import Span


class Position(BaseModel):
    """The last ticket of a page, in the order of pages."""

    day: str = Field(max_length=10)
    number: int = Field(ge=0, le=2**53)


class Wanted(NamedTuple):
    """`at` is the moment that an `age` is counted to."""

    asked: Asked
    figure: Figure
    priority: str | None = None
    equipment: UUID | None = None
    status: str | None = None
    uncategorised: bool = False
    unassigned: bool = False
    reason: str | None = None
    unexplained: bool = False
    age: AgeBucket | None = None
    weekday: int | None = None
    hour: int | None = None
    at: datetime | None = None

    @property
    def is_of_work(self) -> bool:
        return self.figure in ("worked", "additional")


def line_of(known: Known, wanted: Wanted, days: dict[UUID, str]) -> TicketLine:
    """`days`: on which day each entry counts. Raises ValueError for a ticket without a state."""
    if (state := known.state) is None:
        raise ValueError("only entries are known of it")
    work = [one for key, one in known.work.items() if one.minutes and _counts(one, days[key], wanted)]
    return TicketLine(
        **{name: getattr(state, name) for name in _SAME},
        performers=_performers(work),
        reacted_at=state.sla.reacted_at,
        resolved_at=state.sla.resolved_at,
        reaction_due=state.sla.reaction_due,
        resolution_due=state.sla.resolution_due,
        reaction_minutes=state.sla.reaction_minutes,
        resolution_minutes=state.sla.resolution_minutes,
        reaction_broken_at=state.sla.reaction_broken_at,
        resolution_broken_at=state.sla.resolution_broken_at,
        breach_reason=state.sla.breach_reason,
        minutes=sum(one.minutes for one in work),
        additional_minutes=sum(one.minutes for one in work if one.additional),
    )


_SAME = (
    "number",
    "title",
    "company",
    "person",
    "category",
    "equipment",
    "assignee",
    "status",
    "priority",
    "received_at",
    "rating",
)


def _counts(one: Work, day: str, wanted: Wanted) -> bool:
    """In a report of work: of the period, and of the person it is limited to."""
    if not wanted.is_of_work:
        return True
    span: Span = wanted.asked.span
    is_theirs = wanted.asked.staff in (None, str(one.staff.id) if one.staff else "")
    return span.holds(day) and is_theirs


def _performers(work: list[Work]) -> list[StaffRef]:
    found = {one.staff.id: one.staff for one in work if one.staff}
    return sorted(found.values(), key=lambda one: one.full_name)
