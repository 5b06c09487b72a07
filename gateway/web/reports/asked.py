"""What a report is asked for, read from the address and written back into it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

_DAY = timedelta(days=1)
PERIODS = ("month", "last-month", "quarter", "last-quarter", "year", "30-days", "own")
_NAMES = ("period", "from", "to", "company", "staff", "category")


@dataclass(frozen=True)
class Asked:
    """`period` names a period that moves with the days; `own` is from `first` to `last`, both included."""

    period: str
    first: date
    last: date
    company: str = ""
    staff: str = ""
    category: str = ""

    @property
    def query(self) -> dict[str, str]:
        """As the service is asked."""
        asked = {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "company": self.company,
            "staff": self.staff,
            "category": self.category,
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def address(self) -> str:
        """As the page is asked; the days stand in it where they are one's own choice only."""
        own = self.period == "own"
        said = {**self.query, "period": self.period}
        names = _NAMES if own else [name for name in _NAMES if name not in ("from", "to")]
        return urlencode([(name, said[name]) for name in names if said.get(name)])

    @property
    def fixed(self) -> str:
        """An address that means the same days for ever: what is handed on."""
        return urlencode(self.query)

    def before(self, previous: Mapping[str, str]) -> str:
        """The address of the same report of the period it is compared with."""
        return urlencode({**self.query, "from": previous["from"], "to": previous["to"]})

    def limited_to(self, *, company: str = "", staff: str = "", category: str = "") -> Asked:
        """What is not said stays as it is."""
        return replace(
            self,
            company=company or self.company,
            staff=staff or self.staff,
            category=category or self.category,
        )


def read_asked(query: Mapping[str, str], today: date) -> Asked:
    """What is not a possible value is left out: an old or mistyped link still opens a report."""
    period = query.get("period", "")
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if period not in PERIODS:
        period = "own" if first and last else "month"
    elif period == query.get("was") and (first, last) != days_of(period, today):
        # The days beside it were changed, and it was not.
        period = "own"
    if period == "own" and (first is None or last is None or not timedelta(0) <= last - first < 3700 * _DAY):
        period = "month"
    days = (first, last) if period == "own" and first and last else days_of(period, today)
    return Asked(
        period=period,
        first=days[0],
        last=days[1],
        company=_identity(query.get("company", "")),
        staff=_identity(query.get("staff", "")),
        category=" ".join(query.get("category", "").replace("\0", " ").split())[:200],
    )


def days_of(period: str, today: date) -> tuple[date, date]:
    """The first and the last day, which may be yet to come."""
    if period == "30-days":
        return today - 29 * _DAY, today
    if period == "year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if period.endswith("quarter"):
        start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        start = _months_before(start, 3) if period == "last-quarter" else start
        return start, _month_end(_months_before(start, -2))
    start = today.replace(day=1)
    start = _months_before(start, 1) if period == "last-month" else start
    return start, _month_end(start)


def _months_before(first: date, months: int) -> date:
    month = first.year * 12 + first.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2200 else None


def _identity(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
