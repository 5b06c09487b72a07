"""Moments and times of day are taken as people write them, and as nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.day import Moment
from contracts.plans_http import Clock


@pytest.mark.parametrize("said", [0, 1.5, True, "0", "", None, [], "2026-11-23"])
def test_a_number_is_no_moment(said: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](Moment).validate_python(said)


def test_a_moment_is_written_with_its_offset() -> None:
    written = "2026-11-23T09:00:00Z"
    assert TypeAdapter[Any](Moment).validate_json(f'"{written}"').isoformat() == "2026-11-23T09:00:00+00:00"


@pytest.mark.parametrize(
    "said", [0, 3600, True, "", "9", "24:00", "09:00Z", "09:00+03:00", "09:00:30", "09:00\n"]
)
def test_a_number_or_a_time_of_some_zone_is_no_time_of_day(said: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](Clock).validate_python(said)


@pytest.mark.parametrize("said", ["09:00", "09:00:00", "00:00", "23:59"])
def test_a_time_of_day_is_hours_and_minutes(said: str) -> None:
    assert TypeAdapter[Any](Clock).validate_python(said).isoformat()[:5] == said[:5]
