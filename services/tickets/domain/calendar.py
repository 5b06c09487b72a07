"""Working time: which moments count, in the wall-clock hours of one time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.tickets.domain.holidays import countries, holidays_in

# A calendar that has no working moment in so many days never has one.
_LONGEST_BREAK = timedelta(days=400)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class Span(NamedTuple):
    """A stretch of time, `end` excluded; both in UTC."""

    start: datetime
    end: datetime


class Hours(NamedTuple):
    """Working hours of a day by the wall clock; `end` 00:00 is the midnight that ends the day."""

    start: time
    end: time


class Calendar(BaseModel):
    """Weekdays (Monday is 0) with their hours, and the days that are otherwise.

    `country`: its public holidays are free (empty: none are). `special` days have hours of their own, also
    where they are holidays; without any they are free.
    """

    model_config = ConfigDict(frozen=True)

    zone: str
    week: dict[int, tuple[Hours, ...]]
    country: str = ""
    special: dict[date, tuple[Hours, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_orderly(self) -> Calendar:
        if self.zone not in _zones():
            raise ValueError("there is no such time zone")
        if self.country and self.country not in countries():
            raise ValueError("the holidays of this country are not known")
        if not set(self.week) <= set(range(7)):
            raise ValueError("weekdays are counted from 0, Monday, to 6")
        if not any(self.week.values()):
            raise ValueError("a calendar needs some working hours")
        for hours in (*self.week.values(), *self.special.values()):
            _must_follow_one_another(hours)
        return self

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        if (own := self.special.get(day)) is not None:
            return own
        if self.country and day in holidays_in(self.country, day.year):
            return ()
        return self.week.get(day.weekday(), ())

    def working_spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The working stretches within [start, end), in order.

        Local hours become instants day by day, so a day on which the clocks change is as long as it was.
        """
        zone = ZoneInfo(self.zone)
        day = start.astimezone(zone).date() - _DAY
        last = end.astimezone(zone).date()
        while day <= last:
            for span in self._spans_of(day, zone):
                clipped = Span(max(span.start, start), min(span.end, end))
                if clipped.start < clipped.end:
                    yield clipped
            day += _DAY

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        return sum((span.end - span.start for span in self.working_spans(start, end)), timedelta())

    def _spans_of(self, day: date, zone: ZoneInfo) -> Iterator[Span]:
        hours = self.hours_on(day)
        if not hours:
            return
        midnight = datetime.combine(day, time.min, zone)
        if midnight.utcoffset() != datetime.combine(day + _DAY, time.min, zone).utcoffset():
            yield from self._spans_by_minute(day, zone)
            return
        for start, end in hours:
            closing = day if end != time.min else day + _DAY
            yield Span(
                datetime.combine(day, start, zone).astimezone(UTC),
                datetime.combine(closing, end, zone).astimezone(UTC),
            )

    def _spans_by_minute(self, day: date, zone: ZoneInfo) -> Iterator[Span]:
        """A day on which the clocks change: hours that are skipped do not count, repeated ones do twice."""
        moment = datetime.combine(day, time.min, zone).astimezone(UTC)
        end = datetime.combine(day + _DAY, time.min, zone).astimezone(UTC)
        hours = self.hours_on(day)
        began: datetime | None = None
        while moment < end:
            works = _works_at(moment.astimezone(zone).time(), hours)
            if works and began is None:
                began = moment
            elif not works and began is not None:
                yield Span(began, moment)
                began = None
            moment += _MINUTE
        if began is not None:
            yield Span(began, end)


def _works_at(clock: time, hours: tuple[Hours, ...]) -> bool:
    return any(start <= clock and (clock < end or end == time.min) for start, end in hours)


def _must_follow_one_another(hours: tuple[Hours, ...]) -> None:
    """Raises ValueError."""
    previous = time.min
    for start, end in hours:
        if any((edge.second, edge.microsecond) != (0, 0) or edge.tzinfo for edge in (start, end)):
            raise ValueError("hours begin and end at whole minutes")
        if start < previous or (end != time.min and end <= start):
            raise ValueError("hours of a day must follow one another")
        previous = end if end != time.min else time.max


def without(spans: Iterator[Span], pauses: list[Span]) -> Iterator[Span]:
    """The spans less the pauses; both in order, the pauses apart from one another."""
    for span in spans:
        start = span.start
        for pause in pauses:
            if pause.end <= start or pause.start >= span.end:
                continue
            if start < pause.start:
                yield Span(start, pause.start)
            start = pause.end
        if start < span.end:
            yield Span(start, span.end)


def moment_after(calendar: Calendar, start: datetime, amount: timedelta, pauses: list[Span]) -> datetime:
    """The moment at which `amount` of working time since `start` is used up, pauses not counted."""
    left = amount
    if left <= timedelta():
        return start
    paused_until = max([start, *(pause.end for pause in pauses)])
    while True:
        before = left
        window = Span(start, max(start, paused_until) + _LONGEST_BREAK)
        for span in without(calendar.working_spans(*window), pauses):
            length = span.end - span.start
            if length >= left:
                return span.start + left
            left -= length
        if left == before:
            raise ValueError("the calendar has no working time to come")
        start = window.end
