"""The list in the order of the clocks: its index, and what tickets from before it was kept lack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from pymongo import ASCENDING, DESCENDING

from chassis.clock import now
from chassis.mongo import Collection
from contracts.tickets import OPEN_STATUSES, Status
from services.tickets.store.documents import NEVER

_DUES_KEPT, _NEAR_KEPT = "next deadlines and misses kept", "what is near kept"
_RUNNING = [Status.NEW.value, Status.IN_PROGRESS.value]
_FEW = {"late": {"missed": True}, "near": {"promise.is_near": True}}
_OPEN = [status.value for status in OPEN_STATUSES]


async def prepare_due(tickets: Collection, marks: Collection) -> None:
    """The index, and once what older tickets lack."""
    await tickets.create_index([("status", ASCENDING), ("next_due", ASCENDING), ("number", ASCENDING)])
    # Those late are few among those open, and many among all; those near are few: each order has its own.
    for name, those in _FEW.items():
        await tickets.create_index(
            [("status", ASCENDING), ("next_due", ASCENDING), ("number", ASCENDING)],
            name=f"{name} by the clock",
            partialFilterExpression=those,
        )
        await tickets.create_index(
            [("status", ASCENDING), ("number", DESCENDING)],
            name=f"{name} by number",
            partialFilterExpression=those,
        )
    await _once(marks, _DUES_KEPT, lambda: _keep_dues(tickets))
    await _once(marks, _NEAR_KEPT, lambda: _keep_near(tickets, now()))


async def _once(marks: Collection, mark: str, work: Callable[[], Awaitable[object]]) -> None:
    if not await marks.find_one({"_id": mark}):
        await work()
        await marks.update_one({"_id": mark}, {"$set": {"done": True}}, upsert=True)


async def _keep_dues(tickets: Collection) -> None:
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


async def _keep_near(tickets: Collection, at: datetime) -> None:
    """As the next look at each would find it: that may be hours away."""
    warned = [
        {"clock.reacted_at": None, "promise.reaction_warn_at": {"$lte": at}},
        {"promise.resolution_warn_at": {"$lte": at}},
    ]
    near = {"status": {"$in": _RUNNING}, "missed": {"$ne": True}, "$or": warned}
    await tickets.update_many(near, {"$set": {"promise.is_near": True}})
