"""Reports by e-mail: due once a month whatever stood still, and letters whose headers hold nothing typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chassis.clock import new_id
from contracts.schedules_http import NewSchedule
from services.reporting.domain.schedule import Delivery, Schedule, days_of_month, letters, month_before
from services.reporting.files.letter import Attachment, letter

ZONE = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _schedule(**fields: Any) -> Schedule:
    said = {
        "id": new_id(),
        "name": "Директору",
        "recipients": ("boss@romashka.example", "accounts@romashka.example"),
        "reports": ("work",),
        "format": "pdf",
        "lang": "ru",
        "company": None,
        "companies": None,
        "day": 1,
        "since": date(2026, 1, 15),
    }
    return Schedule.model_validate({**said, **fields})


def test_it_is_due_on_its_day_from_seven_in_the_morning_on() -> None:
    schedule = _schedule(day=23, since=date(2026, 11, 1))
    before_seven = datetime(2026, 11, 23, 6, 59, tzinfo=ZONE)
    assert schedule.due_days(None, before_seven, ZONE) == []
    assert schedule.due_days(None, before_seven + timedelta(minutes=1), ZONE) == [date(2026, 11, 23)]


def test_what_was_missed_while_nothing_ran_is_made_up_for_but_not_for_ever() -> None:
    told = date(2026, 9, 1)
    assert _schedule().due_days(told, NOON, ZONE) == [date(2026, 10, 1), date(2026, 11, 1)]
    assert _schedule().due_days(None, NOON, ZONE) == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


def test_days_before_it_was_made_are_not_its_own_and_a_paused_one_sends_nothing() -> None:
    assert _schedule(since=date(2026, 11, 2)).due_days(None, NOON, ZONE) == []
    assert _schedule(active=False).due_days(None, NOON, ZONE) == []
    assert _schedule(active=False).next_day(date(2026, 11, 23)) is None


@given(st.integers(1, 28), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_next_day_is_the_nearest_one_of_that_number(day: int, today: date) -> None:
    found = _schedule(day=day).next_day(today)
    assert found is not None
    assert found.day == day
    assert timedelta(0) <= found - today <= timedelta(days=31)


@given(st.integers(1, 28), st.lists(st.integers(0, 200 * 24), min_size=1, max_size=30))
def test_however_often_one_looks_each_month_is_sent_once(day: int, looks: list[int]) -> None:
    schedule, told, sent = _schedule(day=day), None, []
    for hours in sorted(looks):
        for due in schedule.due_days(told, NOON + timedelta(hours=hours), ZONE):
            sent.append(month_before(due))
            told = due
    assert sent == sorted(set(sent))


def test_the_month_before_is_whole() -> None:
    assert month_before(date(2026, 3, 28)) == "2026-02"
    assert days_of_month("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_before(date(2026, 1, 1)) == "2025-12"


def test_the_same_letter_has_the_same_id_and_one_asked_for_again_another() -> None:
    schedule = _schedule()
    first, again = letters(schedule, "2026-10", NOON), letters(schedule, "2026-10", NOON + timedelta(1))
    assert [one.id for one in first] == [one.id for one in again]
    by_hand = letters(schedule, "2026-10", NOON, key=new_id(), only=schedule.recipients[0])
    assert len(by_hand) == 1
    assert by_hand[0].id not in {one.id for one in first}


def test_a_letter_that_does_not_go_out_is_tried_again_with_growing_pauses_and_then_given_up() -> None:
    one = letters(_schedule(), "2026-10", NOON)[0]
    pauses = []
    for attempt in range(1, 6):
        one = one.model_copy(update={"attempts": attempt}).failed("no connection", NOON)
        pauses.append(one.due_at - NOON)
    assert pauses[:4] == sorted(pauses[:4])
    assert (one.state, one.done_at) == ("failed", NOON)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.ru\r\nBcc: x@evil.example",
        "a@b.ru\nx",
        "a@b.ru, x@evil.example",
        "<a@b.ru>",
        "a b@c.ru",
        "a@b.ru\0",
    ],
)
def test_an_address_that_says_more_than_an_address_is_refused_or_cannot_hold_it(address: str) -> None:
    body = {"name": "x", "recipients": [address], "reports": ["work"]}
    try:
        kept = NewSchedule.model_validate(body).recipients
    except ValidationError:
        return
    assert kept == ["a@b.ru"]


@given(st.text(max_size=100))
def test_whatever_a_schedule_is_called_its_letter_has_the_same_headers(name: str) -> None:
    schedule = _schedule(name=f"x{name}\r\nBcc: everybody@evil.example")
    delivery: Delivery = letters(schedule, "2026-10", NOON)[0]
    made = letter("desk@helpdesk.example", delivery, schedule, [_attached("pdf")], NOON)
    read = message_from_bytes(made.as_bytes(), policy=default)
    assert [key.lower() for key in read] == [
        "subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    ]  # fmt: skip
    assert read["to"] == delivery.recipient
    assert [part.get_filename() for part in read.iter_attachments()] == ["work-2026-10.pdf"]


def _attached(file_format: str) -> Attachment:
    return Attachment(f"work-2026-10.{file_format}", file_format, "Выполненные работы", b"content")
