"""What happens again and again, and the tickets that show it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from itertools import chain

from chassis.mongo import Collection, Document
from contracts.people import EquipmentRef
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import Cause
from services.reporting.domain.reports.categories import Example, Repeated
from services.reporting.domain.span import Span
from services.reporting.store.queries import between, limited

_MOST_NUMBERS = 50
_AT_ONCE = 16


async def repeated_of(causes: Collection, asked: Asked, threshold: int) -> list[Repeated]:
    """Of all specialists: only causes that ever came to the threshold are read, and of them whole months."""
    query: Document = {"n": {"$gte": threshold}}
    now, before = _Sums(asked.span), _Sums(asked.span.before)
    read = dict.fromkeys(["m", *now.days, *before.days], 1)
    if asked.companies is not None:
        query["_id.c"] = {"$in": list(asked.companies)}
    found = []
    async for document in causes.find(query, read):
        cause = Cause(document["_id"]["c"], document["_id"]["k"], document["_id"]["e"])
        if asked.category is None or _is_under(cause.category, asked.category):
            counted = (now.of(document, "n"), now.of(document, "m"), before.of(document, "n"))
            found.append(Repeated(cause, *counted))
    return [one for one in found if one.tickets >= threshold]


def _is_under(category: str, wanted: str) -> bool:
    return category == wanted or category.startswith(f"{wanted} / ")


class _Sums:
    """What a cause came to in a period: its whole months, and the days that are left at both ends."""

    def __init__(self, span: Span) -> None:
        months, ends = span.parts()
        self._months = months or ("", "")
        self.days = [f"d.{day}" for first, last in ends for day in _span(first, last).each()]

    def of(self, document: Document, measure: str) -> int:
        first, last = self._months
        whole = (counted for month, counted in document.get("m", {}).items() if first <= month <= last)
        days = document.get("d", {})
        left = (days[day[2:]] for day in self.days if day[2:] in days)
        return sum(counted.get(measure, 0) for counted in chain(whole, left))


def _span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


async def examples_of(tickets: Collection, asked: Asked, causes: Iterable[Cause]) -> list[Example]:
    few = asyncio.Semaphore(_AT_ONCE)

    async def look(cause: Cause) -> Example:
        async with few:
            return await _example(tickets, asked, cause)

    return await asyncio.gather(*map(look, causes))


async def _example(tickets: Collection, asked: Asked, cause: Cause) -> Example:
    query = {
        **limited(asked._replace(companies=None, category=None)),
        "facts.company": cause.company,
        "facts.category": cause.category,
        "facts.equipment": cause.equipment or None,
        "facts.day": between(asked.span),
        "facts.status": {"$ne": "merged"},
    }
    found = tickets.find(query, {"number": 1, "state.equipment": 1}).sort("facts.day", -1)
    page = await found.limit(_MOST_NUMBERS).to_list()
    piece = page[0]["state"].get("equipment") if page else None
    numbers = sorted((one["number"] for one in page), reverse=True)
    return Example(numbers, EquipmentRef.model_validate(piece) if piece else None)
