"""The report of the FAQ: like is compared with like, and few tickets say nothing."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.contributions import as_key
from services.reporting.domain.figures import Figures
from services.reporting.domain.reports.articles import (
    FEWEST,
    Shelved,
    Solved,
    Used,
    comparison,
    rows_of,
    uncovered,
)

JAM, SLOW = UUID(int=1), UUID(int=2)
SHELF = {
    JAM: Shelved(JAM, "Замяло бумагу", "Печать / Замятие", True),
    SLOW: Shelved(SLOW, "Тормозит", "Компьютеры", False),
}
minutes = st.lists(st.integers(1, 500), max_size=30).map(Counter)


def used(article: UUID, kind: str = "inserted", ticket: int | None = None, *, within: bool = True) -> Used:
    return Used(article, kind, ticket, within)


def test_uses_are_counted_by_kind_and_the_most_used_comes_first() -> None:
    uses = [used(SLOW, ticket=1), used(JAM, ticket=2), used(JAM, "linked", 3), used(JAM, "helped")]
    rows = rows_of(uses, SHELF, {}, {}, None)
    assert [(row.article.title, row.inserted, row.linked, row.helped) for row in rows] == [
        ("Замяло бумагу", 1, 1, 1),
        ("Тормозит", 1, 0, 0),
    ]
    assert not rows[1].article.is_published


def test_a_use_after_the_period_is_not_counted_but_its_ticket_is_not_one_without() -> None:
    solved = {7: Solved(7, "Печать", 15)}
    spread = {"Печать": Counter({15: 1, 40: 2})}
    assert rows_of([used(JAM, ticket=7, within=False)], SHELF, solved, spread, None) == []
    (row,) = rows_of([used(JAM, ticket=7, within=False), used(JAM)], SHELF, solved, spread, None)
    (compared,) = row.comparisons
    assert (compared.with_article.tickets, compared.without.tickets) == (1, 2)


def test_an_article_used_twice_on_a_ticket_is_one_ticket() -> None:
    solved = {7: Solved(7, "Печать", 15)}
    spread = {"Печать": Counter({15: 1})}
    (row,) = rows_of([used(JAM, ticket=7), used(JAM, "linked", 7)], SHELF, solved, spread, None)
    assert row.comparisons[0].with_article.tickets == 1
    assert row.comparisons[0].without.median is None


def test_only_tickets_of_the_same_category_are_compared() -> None:
    solved = {1: Solved(1, "Печать", 10), 2: Solved(2, "Сеть", 90)}
    spread = {"Печать": Counter({10: 1, 20: 1}), "Сеть": Counter({90: 1, 60: 1})}
    (row,) = rows_of([used(JAM, ticket=1), used(JAM, ticket=2)], SHELF, solved, spread, None)
    assert [(one.category, one.with_article.median, one.without.median) for one in row.comparisons] == [
        ("Печать", 10, 20),
        ("Сеть", 90, 60),
    ]


def test_who_is_limited_is_told_of_their_tickets_only() -> None:
    uses = [used(JAM, ticket=1), used(JAM, ticket=2), used(JAM, "helped"), used(SLOW, ticket=2)]
    (row,) = rows_of(uses, SHELF, {}, {}, {1})
    assert (row.article.id, row.inserted, row.helped) == (JAM, 1, None)


@given(minutes, minutes)
def test_a_difference_is_told_of_enough_tickets_on_both_sides_only(
    ours: Counter[int], others: Counter[int]
) -> None:
    told = comparison("Печать", ours, others)
    assert (told.with_article.tickets, told.without.tickets) == (ours.total(), others.total())
    enough = min(ours.total(), others.total()) >= FEWEST
    assert (told.difference is not None) == enough
    if told.difference is not None:
        assert told.with_article.median is not None
        assert told.without.median is not None
        assert told.difference == told.with_article.median - told.without.median


def test_what_to_write_next_is_where_the_most_tickets_have_no_article() -> None:
    figures = Figures()
    for category, tickets in [
        ("Печать / Замятие", 9), ("Печать / Картриджи", 5), ("Печать", 4), ("Компьютеры", 7), ("", 8),
    ]:  # fmt: skip
        figures.put(["category", as_key(category), "n"], tickets)
        figures.put(["category", as_key(category), "m"], tickets * 10)
    told = uncovered(figures, SHELF.values())
    assert [(one.category, one.tickets, one.minutes, one.in_group) for one in told] == [
        ("Компьютеры", 7, 70, 0),
        ("Печать / Картриджи", 5, 50, 1),
    ]
