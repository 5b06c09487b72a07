"""Writes the year of use as the public ways would have left it, events included: reporting hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from contracts.envelope import Event
from services.faq.demo.year import Fitting, Solved, misses_in, uses_in
from services.faq.domain.article import Article
from services.faq.domain.missed import Missed
from services.faq.domain.use import Use
from services.faq.use_cases.record_use import lessons_in

_BATCH = 200
_WRITTEN_BEFORE_DAYS, _APART_HOURS = 380, 5


class Past(Protocol):
    """Where what was of use is put; what is there already stays."""

    async def put_uses(self, uses: Sequence[tuple[Use, Event, Sequence[str]]], at: datetime) -> int: ...

    async def put_misses(self, misses: Sequence[tuple[Missed, Event]], at: datetime) -> None: ...

    async def age(self, written: Mapping[UUID, datetime]) -> None: ...


async def load_year(
    past: Past,
    articles: Sequence[Article],
    solved: Sequence[Solved],
    fits: Mapping[str, Sequence[Fitting]],
    at: datetime,
) -> AsyncIterator[int]:
    """Tells how many uses there are so far. Begun again, it fills in what is missing."""
    known = {one.id: one for one in articles}
    await past.age(dict(zip(known, _days(at), strict=False)))
    await past.put_misses([(one, one.event()) for one in misses_in(_staff(solved), at)], at)
    uses, done = list(uses_in(solved, fits)), 0
    for first in range(0, len(uses), _BATCH):
        batch = uses[first : first + _BATCH]
        told = [(use, use.event(known[use.article_id]), lessons_in(use.text)) for use in batch]
        done += await past.put_uses(told, at)
        yield done


def _staff(solved: Sequence[Solved]) -> list[UUID]:
    return sorted({one.staff.id for one in solved})


def _days(at: datetime) -> Iterable[datetime]:
    """One after the other, until there is one for each."""
    moment = at - timedelta(days=_WRITTEN_BEFORE_DAYS)
    while moment < at:
        yield moment
        moment += timedelta(hours=_APART_HOURS)
