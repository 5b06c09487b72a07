"""Categories: how many, where, how it changed, and what should be modernised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from contracts.people import EquipmentRef
from contracts.reports_http import Candidate, CategoryCell, CategoryRow, Why
from services.reporting.domain.contributions import Cause, from_key
from services.reporting.domain.figures import Figures
from services.reporting.domain.quantiles import change, share
from services.reporting.domain.reports.names import Names

MOST_CELLS = 500
MOST_CANDIDATES = 100


class Repeated(NamedTuple):
    """A cause with what it came to in the period and in the one before."""

    cause: Cause
    tickets: int
    minutes: int
    previous: int


class Worst(NamedTuple):
    """The most frequent causes at or above a threshold, and how many there are in all."""

    most: list[Repeated]
    found: int


class Example(NamedTuple):
    """The newest tickets of a cause, and what its piece of equipment is called."""

    numbers: list[int]
    equipment: EquipmentRef | None


def rows_of(figures: Figures, previous: Figures) -> list[CategoryRow]:
    """The most frequent first; those that there were before and are no more, too."""
    keys = sorted({*figures.keys("category"), *previous.keys("category")})
    whole = sum(figures.number("category", key, "n") for key in keys)
    rows = [
        CategoryRow(
            category=from_key(key) or None,
            tickets=figures.number("category", key, "n"),
            share=share(figures.number("category", key, "n"), whole) or 0.0,
            minutes=figures.number("category", key, "m"),
            additional_minutes=figures.number("category", key, "a"),
            previous_tickets=previous.number("category", key, "n"),
            change=change(figures.number("category", key, "n"), previous.number("category", key, "n")),
        )
        for key in keys
    ]
    seen = [row for row in rows if row.tickets or row.previous_tickets]
    return sorted(seen, key=lambda row: (-row.tickets, row.category or ""))


def cells_of(figures: Figures, names: Names) -> list[CategoryCell]:
    counted = ((figures.number("place", key, "n"), key) for key in figures.keys("place"))
    most = sorted(counted, key=lambda one: (-one[0], one[1]))[:MOST_CELLS]
    return [_cell(figures, key, tickets, names) for tickets, key in most if tickets]


def _cell(figures: Figures, key: str, tickets: int, names: Names) -> CategoryCell:
    company, _, category = key.partition("|")
    return CategoryCell(
        category=from_key(category) or None,
        company=names.company(company),
        tickets=tickets,
        minutes=figures.number("place", key, "m"),
    )


def worst(repeated: Iterable[Repeated], threshold: int) -> Worst:
    found = [one for one in repeated if one.tickets >= threshold]
    most = sorted(found, key=lambda one: (-one.tickets, -one.minutes, one.cause))[:MOST_CANDIDATES]
    return Worst(most, len(found))


def candidate(one: Repeated, example: Example, names: Names, days: int, threshold: int) -> Candidate:
    return Candidate(
        category=one.cause.category,
        company=names.company(one.cause.company),
        equipment=example.equipment,
        tickets=one.tickets,
        minutes=one.minutes,
        previous_tickets=one.previous,
        change=change(one.tickets, one.previous),
        why=Why(
            kind="new" if not one.previous else "grows" if one.tickets > one.previous else "repeats",
            tickets=one.tickets,
            previous_tickets=one.previous,
            days=days,
            threshold=threshold,
            minutes=one.minutes,
        ),
        numbers=example.numbers,
    )
