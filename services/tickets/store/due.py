"""The list in the order of the clocks: its index, and what tickets from before it was kept lack."""

from __future__ import annotations

from pymongo import ASCENDING

from chassis.mongo import Collection
from contracts.tickets import OPEN_STATUSES
from services.tickets.store.documents import NEVER

_KEPT = "next deadlines kept"
_OPEN = [status.value for status in OPEN_STATUSES]


async def prepare_due(tickets: Collection, marks: Collection) -> None:
    """The index, and once what older tickets lack."""
    await tickets.create_index([("status", ASCENDING), ("next_due", ASCENDING), ("number", ASCENDING)])
    if await marks.find_one({"_id": _KEPT}):
        return
    waits = {"$or": [{"$eq": ["$status", "waiting"]}, {"$not": [{"$in": ["$status", _OPEN]}]}]}
    first = {"$cond": [{"$gt": ["$clock.reacted_at", None]}, "$resolution_due", "$reaction_due"]}
    due = {"$cond": [waits, NEVER, first]}
    await tickets.update_many({"next_due": {"$exists": False}}, [{"$set": {"next_due": due}}])
    await marks.update_one({"_id": _KEPT}, {"$set": {"done": True}}, upsert=True)
