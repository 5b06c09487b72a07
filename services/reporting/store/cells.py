"""Sums by scope and day, and the same by month: what reports of any period are put together from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection, Database, Document, Session
from services.reporting.domain.contributions import ALL, Cause, CauseDay, Cell, Contributions
from services.reporting.domain.figures import Figures
from services.reporting.domain.reports.backlog import Flow
from services.reporting.domain.span import Span

MONTH = len("2026-11")


class Cells:
    """A document for each scope and period, `{part: {key: {measure: number}}}` in it."""

    def __init__(self, database: Database, generation: int) -> None:
        self._days: Collection = database[f"days_{generation}"]
        self._months: Collection = database[f"months_{generation}"]
        self.causes: Collection = database[f"causes_{generation}"]

    async def prepare(self) -> None:
        """A collection must exist before a transaction writes into it: an index makes it."""
        await self._days.create_index([("_id.s", ASCENDING), ("_id.p", ASCENDING)])
        await self._months.create_index([("_id.s", ASCENDING), ("_id.p", ASCENDING)])
        await self.causes.create_index([("n", ASCENDING)])
        await self.causes.create_index([("_id.c", ASCENDING), ("n", ASCENDING)])

    async def add(self, more: Contributions, session: Session) -> None:
        """Part of the transaction that marks the tickets as counted."""
        for collection, length in ((self._days, None), (self._months, MONTH)):
            if updates := _by_period(more.cells, length):
                await collection.bulk_write(updates, ordered=False, session=session)
        if updates := _by_cause(more.causes):
            await self.causes.bulk_write(updates, ordered=False, session=session)

    async def figures(self, span: Span, scope: str, parts: Sequence[str]) -> Figures:
        figures = Figures()
        months, days = span.parts()
        wanted = dict.fromkeys(parts, 1)
        for collection, first, last in [
            *([(self._months, *months)] if months else []),
            *((self._days, *ends) for ends in days),
        ]:
            async for document in collection.find(_between(scope, first, last), {"_id": 0, **wanted}):
                figures.add(document)
        return figures

    async def flows(self, scope: str, first: date, last: date) -> dict[str, Flow]:
        between = _between(scope, first.isoformat(), last.isoformat())
        found: dict[str, Flow] = {}
        async for document in self._days.find(between, {"flow": 1}):
            counted = document.get("flow", {}).get(ALL, {})
            found[document["_id"]["p"]] = Flow(counted.get("received", 0), counted.get("ended", 0))
        return found


def _between(scope: str, first: str, last: str) -> Document:
    """Embedded documents are compared field by field, in their order."""
    return {"_id": {"$gte": {"s": scope, "p": first}, "$lte": {"s": scope, "p": last}}}


def _by_period(cells: Counter[Cell], length: int | None) -> list[UpdateOne]:
    sums: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for cell, number in cells.items():
        sums[cell.scope, cell.day[:length]][cell.path] += number
    return [_add({"s": scope, "p": period}, counted) for (scope, period), counted in sorted(sums.items())]


def _by_cause(causes: Counter[CauseDay]) -> list[UpdateOne]:
    sums: defaultdict[Cause, Counter[str]] = defaultdict(Counter)
    for one, number in causes.items():
        if one.measure == "n":
            sums[one.cause]["n"] += number
        sums[one.cause][f"d.{one.day}.{one.measure}"] += number
        sums[one.cause][f"m.{one.day[:MONTH]}.{one.measure}"] += number
    return [
        _add({"c": cause.company, "k": cause.category, "e": cause.equipment}, counted)
        for cause, counted in sorted(sums.items())
    ]


def _add(key: dict[str, Any], counted: Counter[str]) -> UpdateOne:
    more = {path: number for path, number in counted.items() if number}
    return UpdateOne({"_id": key}, {"$inc": more} if more else {"$setOnInsert": {}}, upsert=True)
