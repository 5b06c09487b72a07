"""What is typed letter by letter is one search that found nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.faq.domain.missed import Missed

NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)


def missed(query: str) -> Missed:
    return Missed(id=UUID(int=1), query=query, caller=UUID(int=2), at=NOON)


@given(st.text(min_size=1), st.text())
def test_the_longest_that_was_typed_is_what_was_meant(begun: str, more: str) -> None:
    whole, later = begun + more, NOON + timedelta(seconds=1)
    for first, then in ((begun, whole), (whole, begun)):
        grown = missed(first).typed_on(then, later)
        assert grown is not None
        assert (grown.query, grown.at, grown.version) == (whole, later, 2)


def test_another_search_is_another_one() -> None:
    assert missed("принтер").typed_on("сканер", NOON) is None
