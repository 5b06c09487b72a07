"""Which tellings of the past go on, and how far they have come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Collection, Database
from chassis.outbox import with_outbox
from contracts.envelope import Event
from services.tickets.domain.telling import Telling


class Tellings:
    def __init__(self, database: Database) -> None:
        self.collection: Collection = database["tellings"]
        self._tickets: Collection = database["tickets"]

    async def prepare(self) -> None:
        await self.collection.create_index([("ended", ASCENDING), ("begun_at", ASCENDING)])

    async def begin(self, key: UUID, at: datetime) -> None:
        newest = await self._tickets.find_one({}, {"number": 1}, sort=[("number", -1)])
        begun = {
            "begun_at": at,
            "after": 0,
            "last": newest["number"] if newest else 0,
            "told": 0,
            "ended": False,
        }
        await self.collection.update_one({"_id": key}, {"$setOnInsert": begun}, upsert=True)

    async def next(self) -> Telling | None:
        found = await self.collection.find_one({"ended": False}, sort=[("begun_at", ASCENDING)])
        if found is None:
            return None
        return Telling(found["_id"], found["begun_at"], found["after"], found["last"], found["told"])

    async def went_on(self, key: UUID, before: int, after: int, more: int) -> None:
        """From where it stood only: another replica may have told the same."""
        done = {"$set": {"after": after}, "$inc": {"told": more}}
        await self.collection.update_one({"_id": key, "after": before}, done)

    async def end(self, key: UUID, event: Event, at: datetime) -> None:
        done = with_outbox({"$set": {"ended": True}}, [event], at)
        await self.collection.update_one({"_id": key, "ended": False}, done)
