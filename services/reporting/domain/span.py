"""A stretch of days, and the whole months and years in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "month"]
# As many columns as can be told from one another in a chart.
_BY_DAYS, _BY_WEEKS = 62, 190


class Parts(NamedTuple):
    """What a span is put together from: first and last of each stretch, as 2026, 2026-11 and 2026-11-29."""

    years: list[tuple[str, str]]
    months: list[tuple[str, str]]
    days: list[tuple[str, str]]


class Steps(NamedTuple):
    """Stretches that follow one another without a gap."""

    unit: Unit
    spans: list[Span]

    @property
    def whole(self) -> Span:
        return Span(self.spans[0].first, self.spans[-1].last)


class Span(NamedTuple):
    """Both days included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_of_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(1)).day == 1

    @property
    def before(self) -> Span:
        """As many whole months before whole months, else as many days."""
        last = self.first - timedelta(1)
        if not self.is_of_whole_months:
            return Span(last - timedelta(self.days - 1), last)
        month = self.first.year * 12 + self.first.month - 1 - len(self.months())
        return Span(date(month // 12, month % 12 + 1, 1), last)

    def until(self, day: date) -> Span | None:
        """What of it is not after that day; None where nothing is."""
        return Span(self.first, min(self.last, day)) if self.first <= day else None

    def holds(self, day: str) -> bool:
        """`day` as it is written, which sorts as days do."""
        return self.first.isoformat() <= day <= self.last.isoformat()

    def each(self) -> Iterator[str]:
        for number in range(self.days):
            yield (self.first + timedelta(number)).isoformat()

    def parts(self, *, by_years: bool = True) -> Parts:
        """The whole years and months in it, and the days that are left at both ends."""
        first = self.first if self.first.day == 1 else _month_after(self.first)
        end = _month_start(self.last + timedelta(1))
        if first >= end:
            return Parts([], [], [_days(self.first, self.last)])
        days = [_days(self.first, first - timedelta(1))] if self.first < first else []
        if end <= self.last:
            days.append(_days(end, self.last))
        year = first.year if first.month == 1 else first.year + 1
        if not by_years or year >= end.year:
            return Parts([], [_months(first, end)], days)
        months = [_months(first, date(year, 1, 1))] if first < date(year, 1, 1) else []
        if date(end.year, 1, 1) < end:
            months.append(_months(date(end.year, 1, 1), end))
        return Parts([(f"{year}", f"{end.year - 1}")], months, days)

    def parts_in_days(self) -> Parts:
        """The same where each day is wanted by itself."""
        return Parts([], [], [_days(self.first, self.last)])

    def steps(self) -> Steps:
        """What a chart shows side by side: days, weeks, or months; those at its ends in part."""
        unit: Unit = "day" if self.days <= _BY_DAYS else "week" if self.days <= _BY_WEEKS else "month"
        spans, first = [], self.first
        while first <= self.last:
            after = _AFTER[unit](first)
            spans.append(Span(first, min(after - timedelta(1), self.last)))
            first = after
        return Steps(unit, spans)

    def months(self) -> list[str]:
        """Every month that has a day in it."""
        month, found = _month_start(self.first), []
        while month <= self.last:
            found.append(_written(month))
            month = _month_after(month)
        return found


def _days(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _months(first: date, end: date) -> tuple[str, str]:
    return _written(first), _written(end - timedelta(1))


def _month_start(day: date) -> date:
    return day.replace(day=1)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _written(day: date) -> str:
    return day.isoformat()[:7]


def _day_after(day: date) -> date:
    return day + timedelta(1)


def _week_after(day: date) -> date:
    return day + timedelta(7 - day.weekday())


_AFTER: dict[Unit, Callable[[date], date]] = {"day": _day_after, "week": _week_after, "month": _month_after}
