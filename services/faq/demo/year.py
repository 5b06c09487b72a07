"""Which articles were of use in the demo's year, for which of its tickets; what was looked for in vain."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.people import Author, PersonRef, StaffRef
from services.faq.demo.searches import SEARCHES
from services.faq.domain.missed import Missed
from services.faq.domain.use import Use

_SPACE = UUID("0198b0c0-0000-7000-8000-0000000000fa")
_SEED = 20261123
# Hardly anybody looked at first; by the end it is a habit.
_FIRST_MONTHS, _NOW = 0.08, 0.34
# Who had the steps before them was sooner done, mostly; who had finished in a minute needed none.
_SOONER, _LATER = 1.5, 0.55
_SECOND, _LINKED, _SPARED = 0.2, 0.35, 0.05


class Solved(BaseModel):
    """A ticket of the past, as the public interface tells it."""

    model_config = ConfigDict(frozen=True)

    number: int
    title: str
    minutes: int
    person: PersonRef
    staff: StaffRef
    received_at: AwareDatetime
    resolved_at: AwareDatetime


class Fitting(BaseModel):
    """An article that fits a title."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    is_public: bool


def uses_in(solved: Sequence[Solved], fits: Mapping[str, Sequence[Fitting]]) -> Iterator[Use]:
    """In the order of the tickets, the same ones each time. `fits`: for each title, the best first."""
    if not solved:
        return
    usual = {title: median(one.minutes for one in solved if one.title == title) for title in fits}
    begin = min(one.received_at for one in solved)
    whole = max(one.resolved_at for one in solved) - begin
    for one in solved:
        found = fits.get(one.title)
        if found:
            rnd = random.Random(f"{_SEED}/{one.number}")  # noqa: S311 - a history, not a secret
            share = (one.received_at - begin) / whole if whole else 1.0
            yield from _of_ticket(one, found, share, one.minutes <= usual[one.title], rnd)


def _of_ticket(
    one: Solved, found: Sequence[Fitting], share: float, is_sooner: bool, rnd: random.Random
) -> Iterator[Use]:
    likely = (_FIRST_MONTHS + (_NOW - _FIRST_MONTHS) * share) * (_SOONER if is_sooner else _LATER)
    article = found[1] if len(found) > 1 and rnd.random() < _SECOND else found[0]
    if rnd.random() < likely:
        by = Author(kind="staff", id=one.staff.id, full_name=one.staff.full_name)
        kind = "linked" if article.is_public and rnd.random() < _LINKED else "inserted"
        at = one.received_at + (one.resolved_at - one.received_at) * rnd.uniform(0.5, 0.95)
        yield Use(
            id=uuid5(_SPACE, f"use {one.number}"),
            article_id=article.id,
            kind=kind,
            ticket=one.number,
            text=one.title,
            by=by,
            at=at,
        )
    # Somebody else had the same that day, read how it is done, and wrote to nobody.
    if article.is_public and rnd.random() < _SPARED * (0.4 + share):
        person = Author(kind="person", id=one.person.id, full_name=one.person.full_name)
        yield Use(
            id=uuid5(_SPACE, f"spared {one.number}"),
            article_id=article.id,
            kind="helped",
            ticket=None,
            text=one.title,
            by=person,
            at=one.received_at + timedelta(minutes=rnd.randrange(5, 240)),
        )


def misses_in(staff: Sequence[UUID], until: datetime) -> Iterator[Missed]:
    """Spread over the year before, the more of them the more often a thing is looked for."""
    rnd = random.Random(_SEED)  # noqa: S311
    for query, times in SEARCHES:
        for number in range(times):
            at = until - timedelta(minutes=rnd.randrange(60, 365 * 24 * 60))
            yield Missed(
                id=uuid5(_SPACE, f"miss {query} {number}"), query=query, caller=rnd.choice(staff), at=at
            )
