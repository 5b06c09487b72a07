"""Seats of a licence, and days as they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.day import Day
from contracts.terms import LicenceSaved
from services.clients.domain.errors import RuleError
from services.clients.domain.licence import Licence, once_each
from services.clients.domain.term import days_until

_AT = datetime(2026, 11, 23, tzinfo=UTC)


def _licence(**fields: Any) -> Licence:
    about = {"id": uuid4(), "company_id": uuid4(), "product": "1С", "created_at": _AT, "updated_at": _AT}
    return Licence.model_validate({**about, **fields})


def test_people_and_equipment_take_a_seat_each() -> None:
    assert _licence(people=[uuid4(), uuid4()], equipment=[uuid4()]).seats_used == 3


def test_more_users_than_seats_are_refused_by_name() -> None:
    licence = _licence(seats=1, people=[uuid4()])
    with pytest.raises(RuleError, match="2 would use it, and there are 1 seats") as refused:
        licence.change({"equipment": [uuid4()]}, _AT)
    assert refused.value.field == "equipment"


def test_seats_in_use_are_not_taken_away() -> None:
    licence = _licence(seats=3, people=[uuid4(), uuid4()])
    with pytest.raises(RuleError) as refused:
        licence.change({"seats": 1}, _AT)
    assert refused.value.field == "seats"


def test_what_was_already_too_much_does_not_hinder_other_changes() -> None:
    licence = _licence(seats=1, people=[uuid4(), uuid4()])
    assert licence.change({"notes": "разобраться"}, _AT) == ("notes",)


def test_without_seats_as_many_use_it_as_like() -> None:
    licence = _licence(seats=None)
    licence.change({"people": [uuid4() for _ in range(100)]}, _AT)
    assert licence.seats_used == 100


def test_who_is_named_twice_takes_one_seat() -> None:
    one, other = uuid4(), uuid4()
    assert once_each({"people": [one, other, one], "notes": "a"}) == {"people": [one, other], "notes": "a"}


def test_its_event_says_how_it_stands_and_never_the_key() -> None:
    licence = _licence(seats=5, people=[uuid4()], valid_until=date(2027, 1, 1))
    (event,) = licence.take_events()
    assert isinstance(event, LicenceSaved)
    assert (event.version, event.seats, event.seats_used) == (1, 5, 1)
    assert "key" not in event.model_dump()


def test_days_are_counted_to_the_last_good_one() -> None:
    assert days_until(date(2026, 11, 23), date(2026, 11, 23)) == 0
    assert days_until(date(2026, 11, 20), date(2026, 11, 23)) == -3
    assert days_until(None, date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T00:00:00",
        "23.11.2026",
        "2026-02-30",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "٢٠٢٦-١١-٢٣",
        "",
        20261123,
        1e9,
        True,
        {"$gt": ""},
        datetime(2026, 11, 23, tzinfo=UTC),
    ],
)
def test_only_a_day_is_a_day(written: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(written)


def test_a_day_is_kept_as_it_is_written() -> None:
    days: TypeAdapter[date] = TypeAdapter(Day)
    day = days.validate_python("2026-11-23")
    assert day == date(2026, 11, 23)
    assert days.dump_python(day) == "2026-11-23"
