"""Which of the found articles comes first: pure arithmetic over what was hit where."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from contracts.categories import SEPARATOR
from services.faq.domain.search import is_general

_TITLE, _TAG, _BODY = 10.0, 4.0, 1.0
_PER_USE = 0.3
# Of a suggestion: how much more a word tells by where it stands, and where it was of use before.
_SUGGESTED_TITLE, _SUGGESTED_TAG, _SUGGESTED_BODY, _LEARNED = 3.0, 3.0, 1.0, 3.0
_SAME_CATEGORY, _SAME_GROUP = 1.5, 1.0
_SAID_OF_ANY = 0.25
_LEAST_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Found:
    """An article with those of the wanted words that stand in it; `learned`: it was of use for them."""

    id: UUID
    words: frozenset[str]
    title: frozenset[str]
    tags: frozenset[str] = frozenset()
    learned: Mapping[str, int] = field(default_factory=dict)
    uses: int = 0
    category: str = ""
    length: int = 1

    def in_words_of(self, meant: Mapping[str, str]) -> Found:
        """With the word that is meant instead of each that stands there for it."""
        if self.words.isdisjoint(meant):
            return self
        learned: Counter[str] = Counter()
        for word, times in self.learned.items():
            learned[meant.get(word, word)] += times

        def said(words: frozenset[str]) -> frozenset[str]:
            return frozenset(meant.get(word, word) for word in words)

        return replace(
            self, words=said(self.words), title=said(self.title), tags=said(self.tags), learned=learned
        )


def ranked(found: Sequence[Found], groups: Sequence[Mapping[str, float]]) -> list[UUID]:
    """The best first. A group is one word of the query: its stems, and how surely each is what was meant."""

    def score(one: Found) -> float:
        total = sum(
            max((_place(one, word) * sure for word, sure in group.items()), default=0) for group in groups
        )
        return total + _PER_USE * math.log1p(one.uses)

    return [one.id for one in sorted(found, key=lambda one: (-score(one), -one.uses, str(one.id)))]


def _place(one: Found, word: str) -> float:
    if word in one.title:
        return _TITLE
    if word in one.tags:
        return _TAG
    return _BODY if word in one.words else 0.0


def fitting(found: Sequence[Found], title: frozenset[str], category: str, total: int) -> list[UUID]:
    """Articles for a problem, the best first; those that share too little with it are left out.

    A word tells the more the fewer of the `total` articles have it; in the problem's title, twice as much.
    What is said of any problem tells little, and alone makes nothing fit.
    """
    counts = Counter(word for one in found for word in one.words)

    def worth(word: str) -> float:
        return (2 if word in title else 1) * (_SAID_OF_ANY if is_general([word]) else 1)

    tells = {word: math.log(1 + total / count) * worth(word) for word, count in counts.items()}
    all_told = sum(tells.values()) or 1.0

    def score(one: Found) -> float:
        said = sum(tells[word] * _tells_there(one, word) for word in one.words)
        like = _likeness(category, one.category)
        return said / (1 + 0.15 * math.log1p(one.length)) + like + _PER_USE * math.log1p(one.uses)

    def share(one: Found) -> float:
        return sum(tells[word] for word in one.words if _tells_there(one, word) > _SUGGESTED_BODY) / all_told

    good = [one for one in found if share(one) >= _LEAST_SHARE and not is_general(one.words)]
    return [one.id for one in sorted(good, key=lambda one: (-score(one), -one.uses, str(one.id)))]


def most_helpful(found: Sequence[Found], category: str) -> list[UUID]:
    """What there is for a category: its own before its group's; by the words they share, then by use."""

    def order(one: Found) -> tuple[float, int, int, str]:
        return -_likeness(category, one.category), -len(one.words), -one.uses, str(one.id)

    return [one.id for one in sorted(found, key=order)]


def group_of(category: str) -> str:
    return category.partition(SEPARATOR)[0]


def _likeness(wanted: str, there: str) -> float:
    """A category of the second level has its group before it."""
    if not wanted or not there:
        return 0.0
    if wanted == there:
        return _SAME_CATEGORY
    return _SAME_GROUP if group_of(wanted) == group_of(there) else 0.0


def _tells_there(one: Found, word: str) -> float:
    where = _SUGGESTED_BODY
    if word in one.title:
        where = _SUGGESTED_TITLE
    elif word in one.tags:
        where = _SUGGESTED_TAG
    times = one.learned.get(word, 0)
    return max(where, _LEARNED * min(1.0, 0.5 + 0.25 * times)) if times else where
