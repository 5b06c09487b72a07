"""How long solved tickets took, by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection as Keys
from typing import Any

from chassis.mongo import Collection, Document
from services.reporting.domain.asked import Asked
from services.reporting.domain.reports.articles import Solved
from services.reporting.store.queries import HANDLED, between, limited

# The filter and what is counted: no ticket itself has to be read.
BY_CATEGORY = [("facts.category", 1), ("facts.day", 1), ("facts.status", 1), ("facts.minutes", 1)]


def _handled(asked: Asked) -> Document:
    """Received in the period."""
    return {**limited(asked), "facts.day": between(asked.span), **HANDLED}


async def solved_of(tickets: Collection, asked: Asked, numbers: Keys[int]) -> dict[int, Solved]:
    """Those of these numbers that have a category."""
    query = {"number": {"$in": list(numbers)}, **_handled(asked), "facts.category": {"$ne": None}}
    fields = {"number": 1, "facts.category": 1, "facts.minutes": 1}
    found = [
        Solved(one["number"], one["facts"]["category"], one["facts"]["minutes"])
        async for one in tickets.find(query, fields)
    ]
    return {one.number: one for one in found}


async def spread_of(tickets: Collection, asked: Asked, categories: Keys[str]) -> dict[str, Counter[int]]:
    """How many took how many minutes."""
    steps: list[dict[str, Any]] = [
        {"$match": {**_handled(asked), "facts.category": {"$in": list(categories)}}},
        {"$group": {"_id": {"c": "$facts.category", "m": "$facts.minutes"}, "n": {"$sum": 1}}},
    ]
    spread: dict[str, Counter[int]] = {category: Counter() for category in categories}
    async for one in await tickets.aggregate(steps):
        spread[one["_id"]["c"]][one["_id"]["m"]] = one["n"]
    return spread


async def seen_of(tickets: Collection, asked: Asked, numbers: Keys[int]) -> set[int]:
    """Those of these numbers that meet the filters, whenever they were received."""
    found = tickets.find({"number": {"$in": list(numbers)}, **limited(asked)}, {"number": 1})
    return {one["number"] async for one in found}
