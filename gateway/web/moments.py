"""Dates and durations; the server writes Moscow time, the browser rewrites it into the viewer's zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from babel.numbers import format_decimal
from markupsafe import Markup

ZONE = ZoneInfo("Europe/Moscow")


def parsed(value: str) -> datetime:
    """An RFC 3339 time of an answer, in the zone of the pages."""
    return datetime.fromisoformat(value).astimezone(ZONE)


def written(value: str) -> str:
    """23.11.2026 14:05"""
    return f"{parsed(value):%d.%m.%Y %H:%M}"


def written_short(value: str) -> str:
    """23.11 14:05"""
    return f"{parsed(value):%d.%m %H:%M}"


def away(until: str, words: NullTranslations) -> str:
    """How long somebody is not there; an absence that ends at midnight is named by its last day."""
    ends = parsed(until)
    if ends.time() == time.min:
        return words.gettext("away through %(day)s") % {"day": f"{ends - timedelta(days=1):%d.%m}"}
    return words.gettext("away until %(moment)s") % {"moment": written_short(until)}


def day(value: date | str) -> str:
    """A calendar day, the same in every zone: 23.11.2026"""
    return f"{date.fromisoformat(value) if isinstance(value, str) else value:%d.%m.%Y}"


def days_left(days: int, words: NullTranslations) -> str:
    """How far away a day is, on either side of today."""
    if days == 0:
        return words.gettext("today is the last day")
    if days < 0:
        return words.ngettext("%(num)d day ago", "%(num)d days ago", -days) % {"num": -days}
    return words.ngettext("%(num)d day left", "%(num)d days left", days) % {"num": days}


@lru_cache(maxsize=4096)
def moment(value: str, kind: str = "full") -> Markup:
    """A time that the browser shows in its own zone.

    `kind` is `full`, `short` (without the year) or `ago` («5 мин назад»).
    """
    exact = written(value)
    shown = written_short(value) if kind == "short" else exact
    return Markup('<time datetime="{}" data-time="{}" title="{}">{}</time>').format(value, kind, exact, shown)


@lru_cache(maxsize=4096)
def moment_in(value: str, zone: str, kind: str = "full") -> Markup:
    """A time of a report, in the zone that its days are of: no browser moves it into another day."""
    at = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
    shown = f"{at:%d.%m %H:%M}" if kind == "short" else f"{at:%d.%m.%Y %H:%M}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, f"{at:%d.%m.%Y %H:%M}", shown)


def place(zone: str, lang: str) -> str:
    """What people call a zone: «Москва»."""
    return str(get_timezone_location(zone, locale=lang, return_city=True))


def month(value: str) -> str:
    """2026-10 → 10.2026"""
    return f"{value[5:]}.{value[:4]}"


def roubles(kopecks: int, lang: str) -> str:
    """1234567 → «12 345,67»."""
    return str(format_decimal(Decimal(kopecks) / 100, "#,##0.00", locale=lang))


def spent(minutes: int, words: NullTranslations) -> str:
    """95 → «1 ч 35 мин»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return words.gettext("%d min") % rest
    if not rest:
        return words.gettext("%d h") % hours
    return words.gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
