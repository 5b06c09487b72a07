"""A stretch of days, and the whole months in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """Both days included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """As many days, just before."""
        last = self.first - timedelta(1)
        return Span(last - timedelta(self.days - 1), last)

    def holds(self, day: str) -> bool:
        """`day` as it is written, which sorts as days do."""
        return self.first.isoformat() <= day <= self.last.isoformat()

    def each(self) -> Iterator[str]:
        for number in range(self.days):
            yield (self.first + timedelta(number)).isoformat()

    def parts(self) -> tuple[tuple[str, str] | None, list[tuple[str, str]]]:
        """The whole months (first and last, such as 2026-11), and the days that are left at both ends."""
        first = self.first if self.first.day == 1 else _month_after(self.first)
        end = _month_start(self.last + timedelta(1))
        if first >= end:
            return None, [(self.first.isoformat(), self.last.isoformat())]
        left = []
        if self.first < first:
            left.append((self.first.isoformat(), (first - timedelta(1)).isoformat()))
        if end <= self.last:
            left.append((end.isoformat(), self.last.isoformat()))
        return (_written(first), _written(end - timedelta(1))), left

    def months(self) -> list[str]:
        """Every month that has a day in it."""
        month, found = _month_start(self.first), []
        while month <= self.last:
            found.append(_written(month))
            month = _month_after(month)
        return found


def _month_start(day: date) -> date:
    return day.replace(day=1)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _written(day: date) -> str:
    return day.isoformat()[:7]
