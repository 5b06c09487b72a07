"""Plans as people write them: hours, days and targets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.labels import PRIORITIES
from gateway.web.language import words_of
from gateway.web.moments import spent
from gateway.web.plans.plan_form import Written, body_of, fields_of
from gateway.web.plans.written import intervals_in, minutes_in, special_days_in


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("", []),
        ("9:00-18:00", [("09:00", "18:00")]),
        ("09:00–13:00, 14:00 — 24:00", [("09:00", "13:00"), ("14:00", "00:00")]),
        ("8.30-12.00; 13.00-17.30", [("08:30", "12:00"), ("13:00", "17:30")]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, intervals: list[tuple[str, str]]) -> None:
    assert [(one["from"], one["to"]) for one in intervals_in(text)] == intervals


@pytest.mark.parametrize("text", ["с девяти", "9-18", "25:00-26:00", "09:60-10:00", "09:00-18:00 и ещё"])
def test_hours_that_are_none_are_not_guessed(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them: the field is marked
        intervals_in(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30", 30), ("30 мин", 30), ("8 ч", 480), ("1 ч 30 мин", 90), ("1:30", 90), ("2h", 120), ("45 min", 45)],
)
def test_targets_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert minutes_in(text) == minutes


@given(st.integers(1, 60 * 24 * 60), st.sampled_from(["ru", "en"]))
def test_a_target_is_read_back_as_it_was_written(minutes: int, lang: str) -> None:
    assert minutes_in(spent(minutes, words_of(lang))) == minutes


@pytest.mark.parametrize("text", ["", "скоро", "-5", "1:2:3"])
def test_a_target_that_is_none_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them: the field is marked
        minutes_in(text)


def test_special_days_stand_a_line_each() -> None:
    assert special_days_in("31.12.2026 10:00–14:00\n\n2027-01-11\n") == [
        {"day": "2026-12-31", "hours": [{"from": "10:00", "to": "14:00"}]},
        {"day": "2027-01-11", "hours": []},
    ]


def test_what_the_editor_shows_of_a_plan_says_the_same_plan_again() -> None:
    office = [{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "00:00"}]
    plan: dict[str, Any] = {
        "name": "Обычный",
        "calendar": {
            "zone": "Europe/Moscow",
            "country": "RU",
            "week": [office] * 5 + [[], []],
            "special": [{"day": "2026-12-31", "hours": office[:1]}, {"day": "2027-01-11", "hours": []}],
        },
        "targets": {name: {"reaction": 30, "resolution": 510} for name in PRIORITIES},
    }
    written = Written(fields_of(plan, lambda minutes: spent(minutes, words_of("ru"))))
    assert (body_of(written), written.wrong) == (plan, [])


def test_fields_that_say_nothing_are_named() -> None:
    written = Written({"name": " ", "day-0": "с утра", "special": "завтра"})
    body_of(written)
    assert {"name", "day-0", "special", "reaction-low"} <= set(written.wrong)
