"""What happens again and again, and the tickets that show it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date

from chassis.mongo import Collection, Document
from contracts.people import EquipmentRef
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import Cause
from services.reporting.domain.reports.categories import MOST_CANDIDATES, Example, Repeated, Worst
from services.reporting.domain.span import Span
from services.reporting.store.queries import between, limited

_MOST_NUMBERS = 50
_AT_ONCE = 16


def periods_of(day: str) -> tuple[str, str, str]:
    """Under what a cause has its days, months and years; what is looked up stands among few others."""
    year, month, number = day.split("-")
    return f"d.{year}-{month}.{number}", f"m.{year}-{month}", f"y.{year}"


async def repeated_of(causes: Collection, asked: Asked, threshold: int) -> Worst:
    """Of all specialists: added up where they are kept.

    Only causes that ever came to the threshold are looked at.
    """
    query: Document = {"n": {"$gte": threshold}}
    if asked.companies is not None:
        query["_id.c"] = {"$in": list(asked.companies)}
    if asked.category is not None:
        # Itself, or what begins with it and the sign of a level: the sign after a space is «!».
        below = {"_id.k": {"$gte": f"{asked.category} / ", "$lt": f"{asked.category} /!"}}
        query["$or"] = [{"_id.k": asked.category}, below]
    now, before = _periods(asked.span), _periods(asked.span.before)
    counted = {"n": _sum(now, "n"), "m": _sum(now, "m"), "before": _sum(before, "n")}
    found = await causes.aggregate(
        [
            {"$match": query},
            {"$project": dict.fromkeys([*now, *before], 1)},
            {"$project": counted},
            {"$match": {"n": {"$gte": threshold}}},
            {
                "$facet": {
                    "most": [{"$sort": {"n": -1, "m": -1, "_id": 1}}, {"$limit": MOST_CANDIDATES}],
                    "all": [{"$count": "n"}],
                }
            },
        ]
    )
    (both,) = [document async for document in found]
    return Worst([_repeated(one) for one in both["most"]], both["all"][0]["n"] if both["all"] else 0)


def _repeated(document: Document) -> Repeated:
    key = document["_id"]
    cause = Cause(key["c"], key["k"], key["e"])
    return Repeated(cause, document["n"], document["m"], document["before"])


def _sum(periods: Sequence[str], measure: str) -> Document:
    return {"$sum": [f"${period}.{measure}" for period in periods]}


def _periods(span: Span) -> list[str]:
    """The years, months and days that come to it together."""
    parts = span.parts()
    years = [f"y.{year}" for first, last in parts.years for year in range(int(first), int(last) + 1)]
    months = [
        f"m.{month}"
        for first, last in parts.months
        for month in Span(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")).months()
    ]
    days = [
        periods_of(day)[0]
        for first, last in parts.days
        for day in Span(date.fromisoformat(first), date.fromisoformat(last)).each()
    ]
    return [*years, *months, *days]


async def examples_of(tickets: Collection, asked: Asked, causes: Iterable[Cause]) -> list[Example]:
    few = asyncio.Semaphore(_AT_ONCE)

    async def look(cause: Cause) -> Example:
        async with few:
            return await _example(tickets, asked, cause)

    return await asyncio.gather(*map(look, causes))


async def _example(tickets: Collection, asked: Asked, cause: Cause) -> Example:
    """Read from an index alone; only what a piece is called stands in a ticket."""
    query = {
        **limited(asked._replace(companies=None, category=None)),
        "facts.company": cause.company,
        "facts.category": cause.category,
        "facts.equipment": cause.equipment or None,
        "facts.day": between(asked.span),
        "facts.status": {"$ne": "merged"},
    }
    found = tickets.find(query, {"_id": 0, "number": 1}).sort([("facts.day", -1), ("number", -1)])
    numbers = [one["number"] for one in await found.limit(_MOST_NUMBERS).to_list()]
    if not (cause.equipment and numbers):
        return Example(sorted(numbers, reverse=True), None)
    newest = await tickets.find_one({"number": numbers[0]}, {"state.equipment": 1})
    piece = newest["state"].get("equipment") if newest else None
    return Example(sorted(numbers, reverse=True), EquipmentRef.model_validate(piece) if piece else None)
