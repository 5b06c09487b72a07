"""The tickets of a category, by index: to list, to count, and to bring up to date with the tree."""

from __future__ import annotations

import time
from uuid import UUID

from bson.binary import UUID_SUBTYPE, Binary
from pymongo import ASCENDING, DESCENDING
from pymongo.errors import ExecutionTimeout

from chassis.mongo import Collection, Document

_SOME = 20
_VERY_MANY, _KEPT_SECONDS, _LONGEST_MS = 100_000, 60.0, 1_500
_ADOPTED = "categories adopted"
# Less than any id; an index's filter is not written with the collection's own codec.
_LEAST = Binary(bytes(16), UUID_SUBTYPE)
_ANY = {"category_id": {"$gt": _LEAST}}


async def prepare_categories(tickets: Collection) -> None:
    await tickets.create_index(
        [("category_id", ASCENDING), ("number", DESCENDING)], partialFilterExpression=_ANY
    )


async def some_behind(tickets: Collection, category: UUID, path: str | None, after: int) -> list[Document]:
    query: Document = {"category_id": category, "number": {"$gt": after}}
    if path is not None:
        query["category"] = {"$ne": path}
    return await tickets.find(query).sort("number", ASCENDING).limit(_SOME).to_list()


async def free_categories(tickets: Collection, marks: Collection) -> list[str]:
    if await marks.find_one({"_id": _ADOPTED}):
        return []
    groups = await tickets.aggregate(
        [
            {"$match": {"category": {"$gt": ""}}},
            {"$match": {"category_id": None}},
            {"$group": {"_id": "$category"}},
            {"$sort": {"_id": 1}},
        ]
    )
    return [group["_id"] async for group in groups]


async def adopt(tickets: Collection, text: str, category: UUID, path: str) -> None:
    """Nothing of a ticket's version: it says what it said, as far as anybody was told."""
    known = {"category_id": category, "category": path}
    await tickets.update_many({"category": text, "category_id": None}, {"$set": known})


async def end_adopting(marks: Collection) -> None:
    await marks.update_one({"_id": _ADOPTED}, {"$set": {"done": True}}, upsert=True)


class CategoryCounts:
    """How many tickets each category has; of very many it is told again for a while."""

    def __init__(self, tickets: Collection) -> None:
        self._tickets = tickets
        self._kept: dict[UUID, int] = {}
        self._kept_until = 0.0

    async def all(self) -> dict[UUID, int] | None:
        """Reads the index alone; None when that takes too long for a page to wait."""
        if time.monotonic() < self._kept_until:
            return self._kept
        try:
            groups = await self._tickets.aggregate(
                [{"$match": _ANY}, {"$group": {"_id": "$category_id", "count": {"$sum": 1}}}],
                hint={"category_id": 1, "number": -1},
                maxTimeMS=_LONGEST_MS,
            )
            counts = {group["_id"]: group["count"] async for group in groups}
        except ExecutionTimeout:
            return None
        if sum(counts.values()) > _VERY_MANY:
            self._kept, self._kept_until = counts, time.monotonic() + _KEPT_SECONDS
        return counts
