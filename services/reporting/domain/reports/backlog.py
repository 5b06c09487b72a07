"""Backlog: what is open now, and what came against what ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from contracts.reports_http import AgeBucket, AgeRow, AssigneeRow, FlowDay, StatusRow
from contracts.tickets import OPEN_STATUSES, Status
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span

AGES: tuple[tuple[AgeBucket, int | None], ...] = (
    ("day", 1),
    ("3 days", 3),
    ("week", 7),
    ("month", 30),
    ("older", None),
)


class OpenGroup(NamedTuple):
    """Open tickets alike in status, assignee (an id, or empty) and age."""

    status: str
    staff: str
    age: AgeBucket
    tickets: int
    oldest_at: datetime


class Flow(NamedTuple):
    received: int = 0
    ended: int = 0


def age_of(received_at: datetime, at: datetime) -> AgeBucket:
    for age, days in AGES:
        if days is None or at - received_at <= timedelta(days):
            return age
    raise AssertionError("the last has no end")


def ages_of(groups: Sequence[OpenGroup]) -> list[AgeRow]:
    return [AgeRow(age=age, tickets=_sum(one for one in groups if one.age == age)) for age, _ in AGES]


def statuses_of(groups: Sequence[OpenGroup]) -> list[StatusRow]:
    return [
        StatusRow(status=status, tickets=_sum(one for one in groups if one.status == status.value))
        for status in OPEN_STATUSES
    ]


def assignees_of(groups: Sequence[OpenGroup], names: Names) -> list[AssigneeRow]:
    """Nobody's first, then who has most."""
    rows = []
    for staff in sorted({one.staff for one in groups}):
        own = [one for one in groups if one.staff == staff]
        waiting = _sum(one for one in own if one.status == Status.WAITING.value)
        oldest = min(one.oldest_at for one in own)
        rows.append(
            AssigneeRow(staff=names.staff(staff), tickets=_sum(own), waiting=waiting, oldest_at=oldest)
        )
    return sorted(rows, key=lambda row: (row.staff is not None, -row.tickets))


def flow_of(flows: dict[str, Flow], span: Span, today: date, open_now: int) -> list[FlowDay]:
    """Backwards from what is open now; `flows` reach until today at least."""
    days: list[FlowDay] = []
    left = open_now
    for day in reversed(list(Span(span.first, max(span.last, today)).each())):
        flow = flows.get(day, Flow())
        if span.holds(day):
            days.append(FlowDay(day=day, received=flow.received, ended=flow.ended, open_at_end=left))
        left += flow.ended - flow.received
    return days[::-1]


def _sum(groups: Iterable[OpenGroup]) -> int:
    return sum(one.tickets for one in groups)
