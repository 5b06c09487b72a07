"""What is to be paid beyond a contract."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.reports.work import charged, summed

_MINUTES = st.integers(0, 100_000)
_RATES = st.integers(1, 1_000_000_000)


@pytest.mark.parametrize(
    ("minutes", "rate", "kopecks"),
    [
        (60, 300_000, 300_000),
        (95, 300_000, 475_000),
        (1, 100, 2),
        (1, 90, 2),
        (1, 89, 1),
        (0, 0, 0),
        (0, 300_000, 0),
        (30, 0, None),
    ],
)
def test_an_hour_costs_its_rate_and_half_a_kopeck_goes_up(
    minutes: int, rate: int, kopecks: int | None
) -> None:
    assert charged(minutes, rate) == kopecks


@given(_MINUTES, _RATES)
def test_no_more_than_half_a_kopeck_is_ever_lost(minutes: int, rate: int) -> None:
    off = (charged(minutes, rate) or 0) - Fraction(minutes * rate, 60)
    assert -Fraction(1, 2) < off <= Fraction(1, 2)


def test_a_sum_with_something_unknown_is_unknown() -> None:
    assert summed([1, 2]) == 3
    assert summed([1, None, 2]) is None
    assert summed([]) == 0
