"""Articles are found: by a query, or by a problem that somebody has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chassis.principal import Principal
from contracts.faq_http import Wanted
from services.faq.domain.article import Article
from services.faq.domain.listing import Listed
from services.faq.domain.names import parted, with_namesakes
from services.faq.domain.ranking import Found, fitting, group_of, most_helpful, ranked
from services.faq.domain.search import asked, is_said_in, spoken, stem, telling
from services.faq.domain.spelling import look_alikes
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.count_misses import count_miss
from services.faq.use_cases.understand import Meaning, meant_instead, understand

_MOST_WORDS = 60
_SHORTEST_MISS = 3


class Finding(NamedTuple):
    """`stems` are to be marked; `query` is what was understood, where that is not what was typed."""

    articles: list[Article]
    stems: set[str]
    query: str | None = None


def within_reach(listed: Listed, caller: Principal) -> Listed:
    """A client's employee is shown what is published for clients, whatever was asked for."""
    if caller.is_staff:
        return listed
    return listed.model_copy(update={"statuses": ("published",), "visibility": "public", "stale_on": None})


async def search(
    faq: FaqStorage, text: str, listed: Listed, caller: Principal, at: datetime, *, counted: bool = True
) -> Finding:
    """The best first, no more than asked for. One that finds nothing is counted, if it was for articles."""
    listed = within_reach(listed, caller)
    meaning = await understand(faq.words, text)
    found = await _matching(faq, meaning, listed)
    articles = await faq.articles.several(ranked(found, meaning.groups)[: listed.limit])
    # Words that tell nothing by themselves tell these apart: «печатает», «не печатает».
    articles.sort(key=lambda one: not is_said_in(one.title, text))
    if counted and not articles and len(text) >= _SHORTEST_MISS:
        await count_miss(faq.misses, " ".join(asked(text)) or text.lower(), caller.id, at)
    return Finding(articles, meaning.stems, meaning.query)


async def _matching(faq: FaqStorage, meaning: Meaning, listed: Listed) -> list[Found]:
    """Those with all the words; where there are none, those with more than half of them."""
    if not meaning.groups:
        return []
    groups = [list(group) for group in meaning.groups]
    found = await faq.articles.having_all(groups, listed)
    if found or len(groups) < 2:
        return found
    some = await faq.articles.having_any(sorted(meaning.stems), listed)
    return [one for one in some if _hit(one, meaning) * 2 > len(groups)]


def _hit(one: Found, meaning: Meaning) -> int:
    return sum(not one.words.isdisjoint(group) for group in meaning.groups)


async def suggest(faq: FaqStorage, wanted: Wanted, caller: Principal) -> Finding:
    """Published articles that fit a problem, the best first; else those of most help in its category."""
    listed = within_reach(Listed(statuses=("published",), limit=wanted.limit), caller)
    said = [wanted.title, wanted.equipment, wanted.text]
    meant = _spelled([*telling(said)[:_MOST_WORDS], *map(stem, parted(spoken(" ".join(said))))])
    for other, typed in (await meant_instead(faq.words, wanted.title)).items():
        meant.setdefault(other, meant.get(typed, typed))
    best = await _fitting(faq, meant, wanted, listed) if meant else []
    if not best and wanted.category:
        there = await faq.articles.under(group_of(wanted.category), list(meant), listed)
        best = most_helpful(there, wanted.category)
    return Finding(await faq.articles.several(best[: wanted.limit]), set(meant))


async def _fitting(faq: FaqStorage, meant: Mapping[str, str], wanted: Wanted, listed: Listed) -> list[UUID]:
    found = await faq.articles.having_any(list(meant), listed)
    title = frozenset(meant.get(word, word) for word in telling([wanted.title]))
    others = {word: said for word, said in meant.items() if word != said}
    same = [one.in_words_of(others) for one in found] if others else found
    return fitting(same, title, wanted.category, await faq.articles.count())


def _spelled(words: list[str]) -> dict[str, str]:
    """All that may stand in an article for these words, each with the word that is meant by it."""
    meant: dict[str, str] = {}
    for word in words:
        first = meant.get(word, word)
        for one in with_namesakes((word, *look_alikes(word))):
            meant.setdefault(one, first)
    return meant
