"""Contracts of one file: those that are taken never hold on the same day, and the earlier row counts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.day import LATEST
from services.clients.domain.tables.periods import Period, meeting

_DAY = date(2026, 1, 1)
_COMPANIES = [UUID(int=1), UUID(int=2)]


def _period(company: int, first: int, length: int) -> Period:
    begins = _DAY + timedelta(days=first)
    return Period(
        company=_COMPANIES[company],
        number=f"{first}",
        first=begins,
        last=begins + timedelta(days=length),
    )


_periods = st.lists(
    st.builds(_period, st.integers(0, 1), st.integers(0, 60), st.integers(0, 20)), max_size=20
)


@given(_periods)
def test_a_row_is_refused_exactly_when_it_meets_an_earlier_one_that_is_taken(periods: list[Period]) -> None:
    taken: list[Period] = []
    refused = set()
    for row, one in enumerate(periods):
        if any(
            other.company == one.company and other.first <= one.last and one.first <= other.last
            for other in taken
        ):
            refused.add(row)
        else:
            taken.append(one)
    assert set(meeting(enumerate(periods))) == refused


def test_what_is_met_is_named_with_its_days() -> None:
    forever = Period(company=_COMPANIES[0], number="7-А", first=_DAY, last=LATEST)
    assert meeting([(2, forever), (3, _period(0, 5, 1)), (4, _period(1, 5, 1))]) == {
        3: "valid_from: contract 7-А of this file holds from 2026-01-01 until further notice"
    }
