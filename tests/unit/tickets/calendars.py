"""Random calendars and lives of tickets, and working time counted the slow way: minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays
from hypothesis import strategies as st

from services.tickets.domain.calendar import Calendar, Hours, Span
from services.tickets.domain.holidays import holidays_in

MINUTE = timedelta(minutes=1)
_COUNTRIES = ("RU", "DE")
# The first question about a country loads its module: longer than hypothesis gives to an example.
for _country in _COUNTRIES:
    holidays_in(_country, 2026)
# With the days on which their clocks change, at usual hours and at midnight, by an hour and by half of one.
CHANGES = {
    "Europe/Moscow": (date(2014, 10, 26), date(2026, 11, 23)),
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Tehran": (date(2022, 3, 22), date(2022, 9, 21)),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Sao_Paulo": (date(2018, 11, 4), date(2019, 2, 17)),
    "Pacific/Apia": (date(2011, 12, 30),),
    "Asia/Kathmandu": (date(2026, 5, 1),),
}


def _hours(edges: list[int]) -> tuple[Hours, ...]:
    """Pairs of minutes of the day; 1440 is the midnight that ends it."""
    return tuple(
        Hours(_clock(start), _clock(end)) for start, end in zip(edges[::2], edges[1::2], strict=False)
    )


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


_DAYS = st.lists(st.integers(0, 1440), max_size=6, unique=True).map(sorted).map(_hours)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    zone = draw(st.sampled_from(sorted(CHANGES)))
    week = draw(st.dictionaries(st.integers(0, 6), _DAYS, min_size=1, max_size=7))
    if not any(week.values()):
        week[draw(st.integers(0, 6))] = (Hours(time(9), time(18)),)
    around = draw(st.sampled_from(CHANGES[zone]))
    near = st.integers(-3, 3).map(lambda n: around + timedelta(n))
    special = draw(st.dictionaries(near, _DAYS, max_size=3))
    country = draw(st.sampled_from(["", *_COUNTRIES]))
    return Calendar(zone=zone, week=week, country=country, special=special)


@st.composite
def moments(draw: st.DrawFn, calendar: Calendar) -> datetime:
    """A whole minute within two days of a change of the clocks."""
    around = draw(st.sampled_from(CHANGES[calendar.zone]))
    return datetime.combine(around, time(), UTC) + draw(st.integers(-2880, 2880)) * MINUTE


@st.composite
def pause_spans(draw: st.DrawFn, start: datetime) -> list[Span]:
    """In order and apart from one another, from `start` on."""
    edges = sorted(draw(st.lists(st.integers(0, 4000), max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Span(start + begin * MINUTE, start + end * MINUTE) for begin, end in pairs]


def is_working(calendar: Calendar, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(calendar.zone))
    clock = local.hour * 60 + local.minute
    hours = _hours_on(calendar, local.date())
    return any(_minutes(start) <= clock < (_minutes(end) or 1440) for start, end in hours)


def _hours_on(calendar: Calendar, day: date) -> tuple[Hours, ...]:
    if day in calendar.special:
        return calendar.special[day]
    if calendar.country and day in _rest(calendar.country, day.year):
        return ()
    return calendar.week.get(day.weekday(), ())


@cache
def _rest(country: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays(country, years=year))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def counts(calendar: Calendar, moment: datetime, pauses: list[Span]) -> bool:
    return is_working(calendar, moment) and not any(pause.start <= moment < pause.end for pause in pauses)


def counted_minutes(calendar: Calendar, start: datetime, end: datetime, pauses: list[Span]) -> int:
    length = max(0, (end - start) // MINUTE)
    return sum(counts(calendar, start + n * MINUTE, pauses) for n in range(length))
