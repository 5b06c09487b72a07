"""Sums by scope and day, and the same by month and year: what reports of any period are put together from."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection, Database, Document, Session
from services.reporting.domain.contributions import (
    ALL,
    Cause,
    CauseDay,
    Cell,
    Contributions,
    Numbers,
    add_to,
    sheets_of,
)
from services.reporting.domain.figures import Figures
from services.reporting.domain.reports.backlog import Flow
from services.reporting.domain.span import Parts, Span, Steps
from services.reporting.store.causes import periods_of

YEAR, MONTH, DAY = (len(form) for form in ("2026", "2026-11", "2026-11-29"))
_AT_ONCE = 1000


class Cells:
    """A document for each scope, sheet and period, `{part: {key: {measure: number}}}` in it.

    Days, and the same by months and by years: of a long period few are read.
    """

    def __init__(self, database: Database, generation: int) -> None:
        self._days: Collection = database[f"days_{generation}"]
        self._months: Collection = database[f"months_{generation}"]
        self._years: Collection = database[f"years_{generation}"]
        self.causes: Collection = database[f"causes_{generation}"]

    async def prepare(self) -> None:
        """A collection must exist before a transaction writes into it: an index makes it."""
        for collection in (self._days, self._months, self._years):
            await collection.create_index([("_id.s", ASCENDING), ("_id.p", ASCENDING)])
        await self.causes.create_index([("n", ASCENDING)])
        await self.causes.create_index([("_id.c", ASCENDING), ("n", ASCENDING)])

    async def add(self, more: Contributions, session: Session | None) -> None:
        """Part of the transaction that marks the tickets as counted."""
        for collection, length in ((self._days, DAY), (self._months, MONTH), (self._years, YEAR)):
            await _write(collection, _by_period(more.cells, length), session)
        await _write(self.causes, _by_cause(more.causes), session)

    async def figures(self, span: Span, scope: str, paths: Sequence[str]) -> Figures:
        figures = Figures()
        async for _period, numbers in self._read(span.parts(), scope, paths):
            figures.add(numbers)
        return figures

    async def trend(self, steps: Steps, scope: str, paths: Sequence[str]) -> list[Figures]:
        """The same for each of these stretches."""
        firsts = [span.first.isoformat() for span in steps.spans]
        found = [Figures() for _ in steps.spans]
        whole = steps.whole
        parts = whole.parts(by_years=False) if steps.unit == "month" else whole.parts_in_days()
        async for period, numbers in self._read(parts, scope, paths):
            found[bisect_right(firsts, f"{period}-01"[:DAY]) - 1].add(numbers)
        return found

    async def _read(
        self, parts: Parts, scope: str, paths: Sequence[str]
    ) -> AsyncIterator[tuple[str, Document]]:
        sources = ((self._years, parts.years), (self._months, parts.months), (self._days, parts.days))
        for sheet, wanted in sheets_of(paths).items():
            for collection, stretches in sources:
                for first, last in stretches:
                    shown = dict.fromkeys(wanted, 1)
                    async for document in collection.find(_between(scope, sheet, first, last), shown):
                        yield document.pop("_id")["p"], document

    async def flows(self, scope: str, first: date, last: date) -> dict[str, Flow]:
        parts, found = Span(first, last).parts_in_days(), {}
        async for day, document in self._read(parts, scope, ["flow"]):
            counted = document.get("flow", {}).get(ALL, {})
            found[day] = Flow(counted.get("received", 0), counted.get("ended", 0))
        return found


async def _write(collection: Collection, updates: Sequence[UpdateOne], session: Session | None) -> None:
    """Few enough at once to be answered in time, on a busy machine as well."""
    for begin in range(0, len(updates), _AT_ONCE):
        await collection.bulk_write(updates[begin : begin + _AT_ONCE], ordered=False, session=session)


def _between(scope: str, sheet: str, first: str, last: str) -> Document:
    """Embedded documents are compared field by field, in their order."""
    own = {"s": scope, "t": sheet}
    return {"_id": {"$gte": {**own, "p": first}, "$lte": {**own, "p": last}}}


def _by_period(cells: dict[Cell, Numbers], length: int) -> list[UpdateOne]:
    sums: defaultdict[Cell, Numbers] = defaultdict(dict)
    for cell, numbers in cells.items():
        add_to(sums[Cell(cell.scope, cell.sheet, cell.day[:length])], numbers)
    return [
        _add({"s": cell.scope, "t": cell.sheet, "p": cell.day}, counted)
        for cell, counted in sorted(sums.items(), key=lambda one: one[0])
    ]


def _by_cause(causes: Counter[CauseDay]) -> list[UpdateOne]:
    sums: defaultdict[Cause, Counter[str]] = defaultdict(Counter)
    for one, number in causes.items():
        if one.measure == "n":
            sums[one.cause]["n"] += number
        for period in periods_of(one.day):
            sums[one.cause][f"{period}.{one.measure}"] += number
    return [
        _add({"c": cause.company, "k": cause.category, "e": cause.equipment}, counted)
        for cause, counted in sorted(sums.items())
    ]


def _add(key: dict[str, Any], counted: Numbers) -> UpdateOne:
    more = {path: number for path, number in counted.items() if number}
    return UpdateOne({"_id": key}, {"$inc": more} if more else {"$setOnInsert": {}}, upsert=True)
