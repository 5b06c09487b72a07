"""Several small questions as one query: each costs more than what it finds (docs/decisions/0106)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chassis.mongo import Database, Document

# All that is found comes in one answer.
_BATCH = 1_000


class Find(NamedTuple):
    """In this collection, what comes out of these stages; together at most some hundred documents."""

    collection: str
    stages: Sequence[Document]


def find(
    collection: str,
    query: Document,
    fields: Mapping[str, Any] | None = None,
    *,
    sort: Sequence[tuple[str, int]] = (),
    limit: int = 0,
) -> Find:
    """As a collection's own `find` says it."""
    stages: list[Document] = [{"$match": query}]
    stages += [{"$sort": dict(sort)}] if sort else []
    stages += [{"$limit": limit}] if limit else []
    stages += [{"$project": dict(fields)}] if fields else []
    return Find(collection, stages)


async def find_all(database: Database, asked: Sequence[Find]) -> list[list[Document]]:
    """What each finds, in its own order."""
    if not asked:
        return []
    first, *others = (_gathered(number, one.stages) for number, one in enumerate(asked))
    unions = [
        {"$unionWith": {"coll": one.collection, "pipeline": stages}}
        for one, stages in zip(asked[1:], others, strict=True)
    ]
    found = await database[asked[0].collection].aggregate([*first, *unions], batchSize=_BATCH)
    by_number = {one["_id"]: one["found"] async for one in found}
    return [by_number.get(number, []) for number in range(len(asked))]


def _gathered(number: int, stages: Sequence[Document]) -> list[Document]:
    """One document: a union says nothing of the order of what is in it."""
    return [*stages, {"$group": {"_id": {"$literal": number}, "found": {"$push": "$$ROOT"}}}]
