"""The list in the order of the clocks: its index, and what tickets from before it was kept lack."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING

from chassis.mongo import Collection
from contracts.tickets import OPEN_STATUSES
from services.tickets.store.documents import NEVER

_KEPT = "next deadlines and misses kept"
_OPEN = [status.value for status in OPEN_STATUSES]


async def prepare_due(tickets: Collection, marks: Collection) -> None:
    """The index, and once what older tickets lack."""
    await tickets.create_index([("status", ASCENDING), ("next_due", ASCENDING), ("number", ASCENDING)])
    # Those late are few among those open, and many among all: each order has its own.
    await tickets.create_index(
        [("status", ASCENDING), ("next_due", ASCENDING), ("number", ASCENDING)],
        name="late by the clock",
        partialFilterExpression={"missed": True},
    )
    await tickets.create_index(
        [("status", ASCENDING), ("number", DESCENDING)],
        name="late by number",
        partialFilterExpression={"missed": True},
    )
    if await marks.find_one({"_id": _KEPT}):
        return
    waits = {"$or": [{"$eq": ["$status", "waiting"]}, {"$not": [{"$in": ["$status", _OPEN]}]}]}
    first = {"$cond": [{"$gt": ["$clock.reacted_at", None]}, "$resolution_due", "$reaction_due"]}
    due = {"$cond": [waits, NEVER, first]}
    missed = {
        "$or": [
            {"$gt": ["$promise.reaction_broken_at", None]},
            {"$gt": ["$promise.resolution_broken_at", None]},
        ]
    }
    without = {"missed": {"$exists": False}}
    await tickets.update_many(without, [{"$set": {"next_due": due, "missed": missed}}])
    await marks.update_one({"_id": _KEPT}, {"$set": {"done": True}}, upsert=True)
