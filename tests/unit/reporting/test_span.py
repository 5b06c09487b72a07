"""Periods: what they are put together from, what they are compared with, and the steps of their charts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.span import Parts, Span

SPANS = st.builds(
    lambda first, days: Span(first, first + timedelta(days)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1500),
)


def _days(parts: Parts) -> list[date]:
    found = []
    for first, last in (*parts.years, *parts.months, *parts.days):
        day = date.fromisoformat(f"{first}-01-01"[:10])
        end = f"{last}~"
        while day.isoformat() < end:
            found.append(day)
            day += timedelta(1)
    return sorted(found)


@given(SPANS, st.booleans())
def test_the_parts_of_a_period_are_all_its_days_once(span: Span, by_years: bool) -> None:
    parts = span.parts(by_years=by_years)
    assert _days(parts) == [date.fromisoformat(day) for day in span.each()]
    assert by_years or not parts.years


@given(SPANS)
def test_the_steps_of_a_chart_follow_one_another_and_are_few(span: Span) -> None:
    steps = span.steps()
    assert [day for step in steps.spans for day in step.each()] == list(span.each())
    assert len(steps.spans) <= 62


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-01", "2026-11-30", ("2026-10-01", "2026-10-31")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2026-11-02", "2026-11-30", ("2026-10-04", "2026-11-01")),
        ("2026-11-01", "2026-11-29", ("2026-10-03", "2026-10-31")),
        ("2026-11-05", "2026-11-05", ("2026-11-04", "2026-11-04")),
    ],
)
def test_months_are_compared_with_months_and_days_with_days(
    first: str, last: str, before: tuple[str, str]
) -> None:
    found = Span(date.fromisoformat(first), date.fromisoformat(last)).before
    assert (found.first.isoformat(), found.last.isoformat()) == before
