"""What a report is asked of, by whom: the filters, narrowed to what the caller may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chassis.principal import Principal
from contracts.people import CompanyRef, StaffRef
from contracts.reports_http import Filters, Period, ReportQuery
from services.reporting.domain.asked import Asked
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span
from services.reporting.domain.storage import ArchiveStorage


class NotForYouError(Exception):
    """Reports are for staff, and for a client's manager."""


class Asking(NamedTuple):
    """Who asks what, when, and by whose midnights days end."""

    query: ReportQuery
    caller: Principal
    zone: ZoneInfo
    at: datetime

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()


def asked_by(asking: Asking) -> Asked:
    """Raises NotForYouError. Somebody else's company is as one that is not there: nothing is of it."""
    query = asking.query
    companies = reach_of(asking.caller)
    if query.company is not None:
        wanted = str(query.company)
        companies = (wanted,) if companies is None or wanted in companies else ()
    return Asked(
        span=Span(query.from_ or asking.today.replace(day=1), query.to or asking.today),
        companies=companies,
        staff=str(query.staff) if query.staff else None,
        category=query.category,
    )


def reach_of(caller: Principal) -> tuple[str, ...] | None:
    """The companies whose reports one may see; None: all. Raises NotForYouError."""
    if caller.is_staff:
        return None if caller.companies is None else tuple(map(str, caller.companies))
    if caller.kind == "device" and caller.is_manager and caller.confirmed and caller.company_id:
        return (str(caller.company_id),)
    raise NotForYouError


def period_of(span: Span, zone: ZoneInfo) -> Period:
    return Period(**{"from": span.first, "to": span.last, "zone": zone.key})


async def filters_of(archive: ArchiveStorage, asked: Asked, query: ReportQuery) -> Filters:
    """Names of what the caller may see only."""
    seen = asked.companies if query.company and asked.companies else ()
    names = Names(await archive.names([*seen, *([asked.staff] if asked.staff else [])]))
    company: CompanyRef | None = names.company(seen[0]) if len(seen) == 1 else None
    staff: StaffRef | None = names.staff(asked.staff) if asked.staff else None
    return Filters(company=company, staff=staff, category=asked.category)
