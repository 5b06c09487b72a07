"""The FAQ at work: which articles are used, handling time with and without, and what to write next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from contracts.reports_http import ArticleRef, ArticleUse, Comparison, Handled, Uncovered
from services.reporting.domain.contributions import from_key
from services.reporting.domain.figures import Figures
from services.reporting.domain.quantiles import median

# Below this a median is the luck of a few tickets: it is told how many there were, and no difference.
FEWEST = 10
MOST_UNCOVERED = 30
MOST_MISSES = 30
_LEVELS = " / "


class Shelved(NamedTuple):
    """An article as reporting knows it."""

    id: UUID
    title: str
    category: str
    is_published: bool


class Used(NamedTuple):
    """One use; `is_within`: in the period itself, not after it."""

    article: UUID
    kind: str
    ticket: int | None
    is_within: bool


class Solved(NamedTuple):
    """A ticket received in the period and solved, with work in its log."""

    number: int
    category: str
    minutes: int


Spread = Mapping[str, Counter[int]]


def rows_of(
    used: Iterable[Used],
    shelf: Mapping[UUID, Shelved],
    solved: Mapping[int, Solved],
    spread: Spread,
    seen: set[int] | None,
) -> list[ArticleUse]:
    """The most used first. `spread`: of each category, how many solved tickets took how many minutes.

    `seen`: the tickets that uses may be told of; None: all, and those that spared one.
    """
    kinds: dict[UUID, Counter[str]] = {}
    numbers: dict[UUID, set[int]] = {}
    for one in used:
        if one.ticket is not None and (seen is None or one.ticket in seen):
            numbers.setdefault(one.article, set()).add(one.ticket)
        is_told = seen is None or (one.ticket is not None and one.ticket in seen)
        if one.is_within and is_told:
            kinds.setdefault(one.article, Counter())[one.kind] += 1
    rows = [
        ArticleUse(
            article=ref_of(shelf.get(key), key),
            inserted=counted["inserted"],
            linked=counted["linked"],
            helped=counted["helped"] if seen is None else None,
            comparisons=comparisons(numbers.get(key, set()), solved, spread),
        )
        for key, counted in kinds.items()
    ]
    return sorted(rows, key=lambda row: (-_times(row), row.article.title, str(row.article.id)))


def _times(row: ArticleUse) -> int:
    return row.inserted + row.linked + (row.helped or 0)


def comparisons(numbers: set[int], solved: Mapping[int, Solved], spread: Spread) -> list[Comparison]:
    """By category, the one with the most tickets first: only like tickets are compared."""
    with_it: dict[str, Counter[int]] = {}
    for number in numbers & solved.keys():
        with_it.setdefault(solved[number].category, Counter())[solved[number].minutes] += 1
    found = [
        comparison(category, used, spread.get(category, Counter()) - used)
        for category, used in with_it.items()
    ]
    return sorted(found, key=lambda one: (-one.with_article.tickets, one.category))


def comparison(category: str, used: Counter[int], others: Counter[int]) -> Comparison:
    with_article, without = _handled(used), _handled(others)
    difference = None
    if min(with_article.tickets, without.tickets) >= FEWEST:
        difference = (with_article.median or 0) - (without.median or 0)
    return Comparison(category=category, with_article=with_article, without=without, difference=difference)


def handled(category: str, known: Iterable[Solved], spread: Spread, *, without: bool) -> Handled:
    """Of the tickets that are known to be with an article, or of all others: one side of a comparison."""
    used = Counter(one.minutes for one in known if one.category == category)
    return _handled(spread.get(category, Counter()) - used if without else used)


def _handled(counted: Counter[int]) -> Handled:
    return Handled(tickets=counted.total(), median=median(counted))


def ref_of(known: Shelved | None, key: UUID) -> ArticleRef:
    if known is None:
        return ArticleRef(id=key, title="", category="", is_published=False)
    return ArticleRef(id=key, title=known.title, category=known.category, is_published=known.is_published)


def uncovered(figures: Figures, shelf: Iterable[Shelved]) -> list[Uncovered]:
    """Categories without an article of their own; for a group one under it will do."""
    published = [one.category for one in shelf if one.is_published and one.category]
    own, groups = set(published), Counter(category.partition(_LEVELS)[0] for category in published)
    found = [
        Uncovered(
            category=category,
            tickets=figures.number("category", key, "n"),
            minutes=figures.number("category", key, "m"),
            in_group=groups[category.partition(_LEVELS)[0]],
        )
        for key in figures.keys("category")
        if (category := from_key(key)) and not _is_covered(category, own, groups)
    ]
    there = [one for one in found if one.tickets]
    return sorted(there, key=lambda one: (-one.tickets, one.category))[:MOST_UNCOVERED]


def _is_covered(category: str, own: set[str], groups: Mapping[str, int]) -> bool:
    return category in own or (_LEVELS not in category and groups[category] > 0)


def totals(rows: Sequence[ArticleUse]) -> tuple[int, int]:
    """Uses on tickets, and employees helped without one."""
    return sum(row.inserted + row.linked for row in rows), sum(row.helped or 0 for row in rows)
