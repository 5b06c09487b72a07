"""Sums of cells: `part → key → measure`, from whole months and single days, or from tickets themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.reporting.domain.contributions import (
    ALL,
    NOBODY,
    Cell,
    Numbers,
    contributions,
    total_of,
)
from services.reporting.domain.facts import Done, Facts
from services.reporting.domain.span import Span

Nested = dict[str, Any]


class Figures:
    """Numbers that are not there are nought; a histogram that is not there is empty."""

    def __init__(self, parts: Nested | None = None) -> None:
        self._parts: Nested = parts or {}

    def add(self, more: Nested) -> None:
        _add(self._parts, more)

    def merge(self, more: Figures) -> None:
        _add(self._parts, more._parts)

    def put(self, path: Iterable[str], number: int) -> None:
        *way, last = path
        _add(_reach(self._parts, way), {last: number})

    def keys(self, part: str) -> list[str]:
        return sorted(self._parts.get(part, {}))

    def number(self, part: str, key: str, measure: str) -> int:
        found: int = self._parts.get(part, {}).get(key, {}).get(measure, 0)
        return found

    def histogram(self, part: str, key: str, clock: str) -> dict[int, int]:
        """Minutes and how often; only what there is."""
        counted = self._parts.get(part, {}).get(key, {}).get(clock, {})
        return {int(minutes): count for minutes, count in counted.items() if count}


def figures_of_tickets(tickets: Iterable[Facts], span: Span) -> Figures:
    """What tickets themselves give: for what has no cells of its own."""
    return trend_of_tickets(tickets, [span])[0]


def trend_of_tickets(tickets: Iterable[Facts], spans: Sequence[Span]) -> list[Figures]:
    """The same for each of some stretches."""
    cells = total_of(map(contributions, tickets)).cells
    return [_figures_of(cells, span) for span in spans]


def _figures_of(cells: dict[Cell, Numbers], span: Span) -> Figures:
    figures = Figures()
    for cell, numbers in cells.items():
        if cell.scope == ALL and span.holds(cell.day):
            for path, number in numbers.items():
                figures.put(path.split("."), number)
    return figures


def figures_of_work(tickets: Iterable[Facts], span: Span, staff: str | None) -> Figures:
    """The work of a period, of one person or all, counted from the tickets that have some."""
    figures = Figures()
    for facts in tickets:
        own = [done for done in facts.work if span.holds(done.day) and staff in (None, done.staff)]
        _put_work(figures, ALL, own)
        for performer in {done.staff for done in own}:
            _put_work(figures, performer or NOBODY, [done for done in own if done.staff == performer])
    return figures


def mend_counts(figures: Figures, across: Iterable[Sequence[Done]], span: Span, staff: str | None) -> None:
    """Tickets that were worked on before the period as well were counted on a day that is not in it."""
    for work in across:
        own = [done for done in work if staff in (None, done.staff)]
        _put_missing(figures, ALL, own, span)
        for performer in {done.staff for done in own}:
            _put_missing(figures, performer or NOBODY, [one for one in own if one.staff == performer], span)


def _put_missing(figures: Figures, key: str, work: Sequence[Done], span: Span) -> None:
    for measure, days in (
        ("t", [done.day for done in work]),
        ("at", [done.day for done in work if done.additional]),
    ):
        if days and min(days) < span.first.isoformat() and any(map(span.holds, days)):
            figures.put(("work", key, measure), 1)


def _put_work(figures: Figures, key: str, work: list[Done]) -> None:
    if not work:
        return
    figures.put(("work", key, "t"), 1)
    figures.put(("work", key, "m"), sum(done.minutes for done in work))
    figures.put(("work", key, "a"), sum(done.additional for done in work))
    figures.put(("work", key, "at"), int(any(done.additional for done in work)))


def _reach(parts: Nested, way: list[str]) -> Nested:
    for name in way:
        parts = parts.setdefault(name, {})
    return parts


def _add(into: Nested, more: Nested) -> None:
    for name, value in more.items():
        if isinstance(value, dict):
            _add(into.setdefault(name, {}), value)
        else:
            into[name] = into.get(name, 0) + value
