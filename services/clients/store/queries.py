"""Filters, orders and pages as MongoDB queries, each on an index.

All values are typed before they come here, so none of them can be an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pymongo import ASCENDING, DESCENDING

from chassis.mongo import Document
from services.clients.domain.listing import Position, Sought, Wanted
from services.clients.store.aggregates import Aggregates

_BEYOND_ALL = "\U0010ffff"


class Order(NamedTuple):
    fields: list[tuple[str, int]]
    beyond: list[Document]


def all_words(words: Sequence[Sought]) -> list[Document]:
    """Each must begin some key of the document: ranges of the index, without a regular expression."""
    return [{"search": _sought(word)} for word in words]


def _sought(word: Sought) -> Document:
    if isinstance(word, tuple):
        return {"$in": list(word)}
    return {"$elemMatch": {"$gte": word, "$lt": word + _BEYOND_ALL}}


def in_companies(field: str, wanted: Wanted) -> list[Document]:
    """Those of the asked company, among the companies the caller may see."""
    query: list[Document] = []
    if wanted.company:
        query.append({field: wanted.company})
    if wanted.companies is not None:
        query.append({field: {"$in": list(wanted.companies)}})
    return query


def by_name_after(position: Position | None) -> Order:
    fields = [("sort_name", ASCENDING), ("_id", ASCENDING)]
    if position is None:
        return Order(fields, [])
    later = {"sort_name": {"$gt": position.key}}
    same = {"sort_name": position.key, "_id": {"$gt": position.id}}
    return Order(fields, [{"sort_name": {"$gte": position.key}, "$or": [later, same]}])


def newest_after(position: Position | None) -> Order:
    return Order([("_id", DESCENDING)], [{"_id": {"$lt": position.id}}] if position else [])


async def found_some(things: Aggregates[Any], query: Sequence[Document], limit: int) -> list[Document]:
    """As the index of words has them, whole ones first: to sort what a common word finds, all is read."""
    return await things.found({"$and": list(query)}, limit=limit, is_inside=False)


async def found_page(
    things: Aggregates[Any], query: Sequence[Document], order: Order, limit: int
) -> tuple[list[Document], Position | None]:
    """One more than asked for is read, to know whether there is another page."""
    all_of = {"$and": [*query, *order.beyond]}
    found = await things.found(all_of, sort=order.fields, limit=limit + 1, is_inside=False)
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], Position(key=last.get("sort_name", ""), id=last["_id"])
