"""What is typed into a field of the card is what is kept, and what stands there when it is opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.card.fields import THINGS, Field, shown, typed_from, value_of

_HOURS, _MONEY = Field("h", "h", "hours"), Field("m", "m", "money")
_DAY, _COUNT = Field("d", "d", "day"), Field("c", "c", "count")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (_HOURS, "40", 2400),
        (_HOURS, "1,5", 90),
        (_HOURS, "", 0),
        (_MONEY, "3 000", 300_000),
        (_MONEY, "2999.50", 299_950),
        (_MONEY, "", 0),
        (Field("r", "r", "money", is_blank_told=True), "", None),
        (Field("r", "r", "money", is_blank_told=True), "0", 0),
        (_DAY, "2026-12-31", "2026-12-31"),
        (_DAY, "31.12.2026", "2026-12-31"),
        (_DAY, "", None),
        (_COUNT, "12", 12),
        (_COUNT, " ", None),
        (Field("f", "f", "flag"), "yes", True),
        (Field("f", "f", "flag"), "", False),
        (Field("n", "n", "text"), " раз\r\nдва ", "раз\nдва"),
        (Field("r", "r", "colleague"), "", None),
        (Field("a", "a", "addresses"), "10.0.0.1; fe80::1,\n10.0.0.2", ["10.0.0.1", "fe80::1", "10.0.0.2"]),
        (Field("k", "k", "choice", options={"ups": "UPS"}), "ups", "ups"),
    ],
)
def test_what_people_write_is_understood(field: Field, typed: str, kept: Any) -> None:
    assert value_of(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (_HOURS, "-1"),
        (_HOURS, "0.001"),
        (_HOURS, "NaN"),
        (_HOURS, "1e400"),
        (_MONEY, "даром"),
        (_MONEY, "0.001"),
        (_DAY, "31.02.2026"),
        (_DAY, "вчера"),
        (_COUNT, "-1"),
        (_COUNT, "²"),
        (_COUNT, "9" * 30),
        (Field("n", "n", needed=True), "  "),
        (Field("r", "r", "colleague"), "$ne"),
        (Field("k", "k", "choice", options={"ups": "UPS"}), "$ne"),
    ],
)
def test_what_cannot_be_is_refused(field: Field, typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reason is
        value_of(field, typed)


@given(st.dates())
def test_a_day_is_typed_as_it_is_opened(day: date) -> None:
    assert value_of(_DAY, typed_from(_DAY, day.isoformat())) == day.isoformat()


@given(st.integers(min_value=0, max_value=10**9))
def test_money_is_typed_as_it_is_opened(kopecks: int) -> None:
    assert value_of(_MONEY, typed_from(_MONEY, kopecks)) == kopecks


@given(st.integers(min_value=0, max_value=10**6).map(lambda tenths: tenths * 6))
def test_hours_are_typed_as_they_are_opened(minutes: int) -> None:
    assert value_of(_HOURS, typed_from(_HOURS, minutes)) == minutes


@given(st.text())
def test_nothing_typed_breaks_a_field(typed: str) -> None:
    for thing in THINGS.values():
        for field in thing.fields.values():
            try:
                value = value_of(field, typed)
            except ValueError:
                continue
            assert isinstance(shown("ru", field, value, {}), str)


def test_values_are_shown_as_people_read_them() -> None:
    assert shown("ru", _HOURS, 90, {}) == "1,5 ч"
    assert shown("ru", _MONEY, 300_000, {}) == "3\u00a0000 ₽/ч"
    assert shown("ru", _DAY, "2026-12-31", {}) == "31.12.2026"
    assert shown("en", Field("f", "f", "flag"), False, {}) == "no"
    assert shown("ru", Field("r", "r", "colleague"), "somebody", {}) == "уже не работает"
