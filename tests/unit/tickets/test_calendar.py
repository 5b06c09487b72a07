"""Working time, against the same time counted minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.tickets.domain.calendar import Calendar, Hours, Span, moment_after, without
from services.tickets.domain.plan import DEFAULT_PLAN
from tests.unit.tickets.calendars import (
    MINUTE,
    calendars,
    counted_minutes,
    counts,
    moments,
    pause_spans,
)
from tests.unit.tickets.samples import MONDAY, MOSCOW

OFFICE = DEFAULT_PLAN.calendar
_LONGEST_COUNT = 20_000


def _moscow(*when: int) -> datetime:
    return datetime(*when, tzinfo=MOSCOW)  # type: ignore[misc, arg-type]


def _night_shift(zone: str) -> Calendar:
    """Every day from midnight to six."""
    return Calendar(zone=zone, week=dict.fromkeys(range(7), (Hours(time(0), time(6)),)))


def test_a_night_and_a_weekend_do_not_count() -> None:
    friday_evening, monday_morning = _moscow(2026, 11, 20, 17, 30), _moscow(2026, 11, 23, 9, 45)
    assert OFFICE.working_time(friday_evening, monday_morning) == timedelta(minutes=75)


def test_a_target_begun_in_the_evening_goes_on_in_the_morning() -> None:
    due = moment_after(OFFICE, _moscow(2026, 11, 20, 17, 45), timedelta(minutes=30), [])
    assert due == _moscow(2026, 11, 23, 9, 15)


def test_a_target_used_up_exactly_at_the_close_is_due_at_the_close() -> None:
    assert moment_after(OFFICE, MONDAY, timedelta(hours=8), []) == _moscow(2026, 11, 23, 18, 0)


def test_nothing_to_use_up_is_due_at_once() -> None:
    midnight = _moscow(2026, 11, 22, 0, 0)
    assert moment_after(OFFICE, midnight, timedelta(), []) == midnight


def test_holidays_do_not_count() -> None:
    calendar = OFFICE.model_copy(update={"special": {date(2026, 11, 24): ()}})
    assert moment_after(calendar, MONDAY, timedelta(hours=9), []) == _moscow(2026, 11, 25, 10, 0)


def test_public_holidays_and_the_days_off_moved_by_decree_are_free_unless_the_plan_says_otherwise() -> None:
    before, after = _moscow(2026, 12, 31), _moscow(2027, 1, 1)
    assert OFFICE.working_time(before, after) == timedelta(), "moved from a Sunday in January"
    on_duty = OFFICE.model_copy(update={"special": {date(2026, 12, 31): (Hours(time(10), time(14)),)}})
    assert on_duty.working_time(before, after) == timedelta(hours=4)


def test_hours_until_midnight_join_the_next_day() -> None:
    week = {0: (Hours(time(22), time(0)),), 1: (Hours(time(0), time(2)),)}
    calendar = Calendar(zone="Europe/Moscow", week=week)
    assert calendar.working_time(_moscow(2026, 11, 23), _moscow(2026, 11, 25)) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 5),
        ("Europe/Berlin", date(2026, 10, 25), 7),
        ("America/Havana", date(2026, 3, 8), 5),
        ("America/Havana", date(2026, 11, 1), 7),
        ("Australia/Lord_Howe", date(2026, 10, 4), 5.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 6.5),
        ("Asia/Tehran", date(2022, 3, 22), 5),
        ("Pacific/Apia", date(2011, 12, 30), 0),
    ],
)
def test_a_night_in_which_the_clocks_change_is_as_long_as_it_was(zone: str, day: date, hours: float) -> None:
    start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(day + timedelta(1), time(), ZoneInfo(zone)).astimezone(UTC)
    assert _night_shift(zone).working_time(start, end) == timedelta(hours=hours)


def test_a_week_of_one_working_hour_still_reaches_a_far_target() -> None:
    calendar = Calendar(zone="UTC", week={0: (Hours(time(9), time(10)),)})
    start = datetime(2026, 1, 1, tzinfo=UTC)
    due = moment_after(calendar, start, timedelta(hours=200), [])
    assert calendar.working_time(start, due) == timedelta(hours=200)


def test_a_calendar_of_holidays_alone_has_no_working_time_to_come() -> None:
    never: dict[date, tuple[Hours, ...]] = {date(2026, 1, 1) + timedelta(n): () for n in range(1000)}
    calendar = Calendar(zone="UTC", week={0: (Hours(time(9), time(10)),)}, special=never)
    with pytest.raises(ValueError, match="no working time"):
        moment_after(calendar, datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1), [])


@pytest.mark.parametrize(
    "hours",
    [
        (Hours(time(18), time(9)),),
        (Hours(time(9), time(9)),),
        (Hours(time(9), time(12)), Hours(time(11), time(18))),
        (Hours(time(9), time(0)), Hours(time(10), time(11))),
        (Hours(time(9, 0, 30), time(18)),),
        (),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: tuple[Hours, ...]) -> None:
    with pytest.raises(ValueError, match=r"hours"):
        Calendar(zone="UTC", week={0: hours})


@given(data=st.data(), calendar=calendars(), length=st.integers(0, 3000))
@settings(max_examples=60)
def test_working_time_equals_the_minutes_counted_one_by_one(
    data: st.DataObject, calendar: Calendar, length: int
) -> None:
    start = data.draw(moments(calendar))
    end = start + length * MINUTE
    assert calendar.working_time(start, end) == counted_minutes(calendar, start, end, []) * MINUTE


@given(data=st.data(), calendar=calendars())
@settings(max_examples=60)
def test_working_spans_are_in_order_and_apart(data: st.DataObject, calendar: Calendar) -> None:
    start = data.draw(moments(calendar))
    spans = list(calendar.working_spans(start, start + timedelta(days=9)))
    assert all(span.start < span.end for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(data=st.data(), calendar=calendars(), amount=st.integers(1, 600))
@settings(max_examples=60)
def test_a_deadline_falls_where_counting_minute_by_minute_puts_it(
    data: st.DataObject, calendar: Calendar, amount: int
) -> None:
    start = data.draw(moments(calendar))
    pauses = data.draw(pause_spans(start))
    due = moment_after(calendar, start, amount * MINUTE, pauses)
    assert counts(calendar, due - MINUTE, pauses)
    if due - start < _LONGEST_COUNT * MINUTE:
        assert counted_minutes(calendar, start, due, pauses) == amount
    used = sum(
        (span.end - span.start for span in without(calendar.working_spans(start, due), pauses)), timedelta()
    )
    assert used == amount * MINUTE


@given(data=st.data(), calendar=calendars())
@settings(max_examples=60)
def test_what_pauses_leave_is_neither_more_nor_less(data: st.DataObject, calendar: Calendar) -> None:
    start = data.draw(moments(calendar))
    pauses = data.draw(pause_spans(start))
    end = start + 2000 * MINUTE
    left = list(without(iter([Span(start, end)]), pauses))
    minutes = {start + n * MINUTE for n in range(2000)}
    paused = {moment for moment in minutes if any(p.start <= moment < p.end for p in pauses)}
    kept = {moment for moment in minutes if any(span.start <= moment < span.end for span in left)}
    assert kept == minutes - paused
