"""What happens again and again, and the tickets that show it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

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
    """Of all specialists: only causes that ever came to the threshold are read."""
    query: Document = {"n": {"$gte": threshold}}
    if asked.companies is not None:
        query["_id.c"] = {"$in": list(asked.companies)}
    found = []
    async for document in causes.find(query):
        cause = Cause(document["_id"]["c"], document["_id"]["k"], document["_id"]["e"])
        if asked.category is None or _is_under(cause.category, asked.category):
            found.append(_repeated(cause, document["d"], asked.span))
    return [one for one in found if one.tickets >= threshold]


def _is_under(category: str, wanted: str) -> bool:
    return category == wanted or category.startswith(f"{wanted} / ")


def _repeated(cause: Cause, days: Document, span: Span) -> Repeated:
    tickets = minutes = previous = 0
    before = span.before
    for day, counted in days.items():
        if span.holds(day):
            tickets += counted.get("n", 0)
            minutes += counted.get("m", 0)
        elif before.holds(day):
            previous += counted.get("n", 0)
    return Repeated(cause, tickets, minutes, previous)


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
