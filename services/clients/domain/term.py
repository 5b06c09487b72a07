"""What comes to an end: how many days are left, and when that is to be said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from contracts.day import Day
from contracts.people import CompanyRef
from contracts.terms import DaysBefore, LicenceExpiring, TermKind

# The most urgent first: what is said of the last day need not be said of the last week any more.
STAGES: tuple[DaysBefore, ...] = (0, 7, 30)
# What ended longer ago is history, not news: so the registry can be filled with old papers quietly.
_NEWS = timedelta(days=30)


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """Which day it is where we work."""
    return at.astimezone(zone).date()


def days_until(day: date | None, today: date) -> int | None:
    """Negative: so many days ago; None without an end."""
    return None if day is None else (day - today).days


def news_of(today: date, stage: DaysBefore) -> tuple[date, date]:
    """The first and the last day whose end is to be said at this stage."""
    return today - _NEWS, today + timedelta(days=stage)


class Ending(BaseModel):
    """A licence, a contract or a warranty, as far as its end goes."""

    model_config = ConfigDict(frozen=True)

    kind: TermKind
    id: UUID
    version: int
    company_id: UUID
    name: str
    ends_on: Day

    def event(self, company: CompanyRef, stage: DaysBefore, today: date) -> LicenceExpiring:
        return LicenceExpiring(
            id=self.id,
            version=self.version,
            kind=self.kind,
            company=company,
            name=self.name,
            ends_on=self.ends_on,
            days_before=stage,
            days_left=(self.ends_on - today).days,
        )


class TermsWanted(BaseModel):
    """Those that end within these days, first and last included, in the order of their ends."""

    model_config = ConfigDict(frozen=True)

    kinds: tuple[TermKind, ...]
    first: Day
    last: Day
    company: UUID | None = None
    companies: tuple[UUID, ...] | None = None
    limit: int = 50


class TermPosition(BaseModel):
    """Where a page ended."""

    model_config = ConfigDict(frozen=True)

    ends_on: Day
    id: UUID
