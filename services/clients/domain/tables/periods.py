"""Contracts of one file that would hold on the same day: each by itself fits what is there."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from uuid import UUID

from pydantic import BaseModel

from contracts.day import LATEST, Day

# Among the fields of a row: the period that what it writes will hold in.
HOLDS = "holds"
_first_day = attrgetter("first")


class Period(BaseModel):
    """Both days belong to it."""

    company: UUID
    number: str
    first: Day
    last: Day


def meeting(periods: Iterable[tuple[int, Period]]) -> dict[int, str]:
    """By row, which earlier one it meets; `periods` come in the order of the file, whose first row counts."""
    kept: defaultdict[UUID, list[Period]] = defaultdict(list)
    reasons: dict[int, str] = {}
    for row, period in periods:
        # Those kept part from each other: the nearest on either side are all that can be met.
        mine = kept[period.company]
        place = bisect(mine, period.first, key=_first_day)
        before = mine[place - 1] if place else None
        after = mine[place] if place < len(mine) else None
        if before and before.last >= period.first:
            reasons[row] = _met(before)
        elif after and after.first <= period.last:
            reasons[row] = _met(after)
        else:
            mine.insert(place, period)
    return reasons


def _met(other: Period) -> str:
    until = other.last if other.last < LATEST else "further notice"
    return f"valid_from: contract {other.number} of this file holds from {other.first} until {until}"
