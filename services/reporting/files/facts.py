"""What stands at the top of every report: of whom, of which days, as of when."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from contracts.reports_http import Period, Report
from services.reporting.files.words import said


def facts_of(report: Report, lang: str, *, is_act: bool = False) -> list[tuple[str, str]]:
    """An act names the company among its parties."""
    period, filters = report.period, report.filters
    as_of = report.as_of.astimezone(ZoneInfo(period.zone))
    facts = [
        (said(lang, "company"), filters.company.name if filters.company and not is_act else ""),
        (said(lang, "period"), _days(period, lang)),
        (said(lang, "staff"), filters.staff.full_name if filters.staff else ""),
        (said(lang, "category"), filters.category or ""),
        (said(lang, "as of"), f"{as_of:%d.%m.%Y %H:%M}"),
    ]
    return [(what, value) for what, value in facts if value]


def _days(period: Period, lang: str) -> str:
    """With whose midnights they are: «часовой пояс: Москва»."""
    place = get_timezone_location(period.zone, locale=lang, return_city=True)
    zone = said(lang, "zone").format(place=place)
    return f"{period.from_:%d.%m.%Y} – {period.to:%d.%m.%Y} ({zone})"
