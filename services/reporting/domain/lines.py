"""The tickets behind a figure."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.people import StaffRef
from contracts.reports_http import AgeBucket, Figure, TicketLine
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import ALL, NOBODY
from services.reporting.domain.projection import Known, Work
from services.reporting.domain.span import Span


class Position(BaseModel):
    """The last ticket of a page, in the order of pages; `minutes` where that is by a time."""

    minutes: int | None = Field(None, ge=0, le=2**53)
    day: str = Field(max_length=10)
    number: int = Field(ge=0, le=2**53)


# By which of a ticket's facts its tickets are put in order, and as what it is counted in cells.
TIMES: Final[dict[str, tuple[str, str | None]]] = {
    "reaction_time": ("reaction", "r"),
    "assigned_time": ("assigned", "a"),
    "resolution_time": ("resolution", "s"),
    "handled_time": ("minutes", None),
}


class Curve(NamedTuple):
    """Where among the figures it stands how often which minutes occur."""

    part: str
    key: str
    measure: str


class Wanted(NamedTuple):
    """`at` is the moment that an `age` is counted to; `at_most` minutes are those of a time to begin with.

    `among`, `beyond`: the numbers of tickets that uses of articles leave it with, or without.
    """

    asked: Asked
    figure: Figure
    at_most: int | None = None
    priority: str | None = None
    equipment: UUID | None = None
    without_equipment: bool = False
    status: str | None = None
    exactly: bool = False
    uncategorised: bool = False
    unassigned: bool = False
    reason: str | None = None
    unexplained: bool = False
    age: AgeBucket | None = None
    weekday: int | None = None
    hour: int | None = None
    at: datetime | None = None
    article: UUID | None = None
    without_article: UUID | None = None
    use: str | None = None
    among: frozenset[int] | None = None
    beyond: frozenset[int] | None = None

    @property
    def is_of_work(self) -> bool:
        return self.figure in ("worked", "additional")

    @property
    def is_of_faq(self) -> bool:
        """What articles are good for is no client's affair."""
        return self.figure in ("used", "handled_time") or bool(self.article or self.without_article)

    @property
    def time(self) -> str | None:
        """The fact that its tickets are put in order by; None: by when they were received."""
        return TIMES[self.figure][0] if self.figure in TIMES else None

    @property
    def curve(self) -> Curve | None:
        """None where it is no time, or narrowed by what is not counted by itself."""
        measure = TIMES[self.figure][1] if self.figure in TIMES else None
        if measure is None or self._is_narrower or self.exactly or self.is_of_faq:
            return None
        if self.weekday is None and self.hour is None:
            if not self.unassigned:
                return Curve("speed", ALL, measure)
            return Curve("staff", NOBODY, measure) if measure != "s" else None
        is_of_heat = None not in (self.weekday, self.hour) and measure == "r" and not self.unassigned
        return Curve("heat", f"{self.weekday}|{self.hour}", measure) if is_of_heat else None

    @property
    def handled_in(self) -> str | None:
        """The category within which handling times are compared; None where these are of no comparison."""
        by_more = (self.unassigned, self.weekday is not None, self.hour is not None)
        is_one_side = not (self.article and self.without_article)
        if self.figure != "handled_time" or self._is_narrower or any(by_more) or not is_one_side:
            return None
        return self.asked.category if self.exactly else None

    @property
    def _is_narrower(self) -> bool:
        """Than the report itself, by more than the figures are kept by."""
        said = (self.priority, self.equipment, self.status, self.reason, self.age)
        return any((*said, self.uncategorised, self.unexplained, self.without_equipment))


def line_of(known: Known, wanted: Wanted, days: dict[UUID, str]) -> TicketLine:
    """`days`: on which day each entry counts. Raises ValueError for a ticket without a state."""
    if (state := known.state) is None:
        raise ValueError("only entries are known of it")
    work = [one for key, one in known.work.items() if one.minutes and _counts(one, days[key], wanted)]
    return TicketLine(
        **{name: getattr(state, name) for name in _SAME},
        performers=_performers(work),
        assigned_reaction_minutes=state.assigned_reaction_minutes,
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
