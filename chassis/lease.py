"""One holder at a time among the replicas of a service."""

from __future__ import annotations

import time
from uuid import UUID

from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database

LIFETIME_SECONDS = 5.0


class Lease:
    """A named lease kept in MongoDB and timed by MongoDB's own clock, so replicas' clocks may differ."""

    def __init__(self, database: Database, name: str, holder: UUID) -> None:
        self._leases: Collection = database["leases"]
        self._name = name
        self._holder = holder
        self._ends = 0.0

    @property
    def is_held(self) -> bool:
        """Judged by this process's own monotonic clock, from before the last renewal was asked for."""
        return time.monotonic() < self._ends

    async def acquire(self) -> bool:
        """Take or renew it; False while another replica holds it."""
        asked = time.monotonic()
        free = {"$or": [{"holder": self._holder}, {"$expr": {"$lt": ["$until", "$$NOW"]}}]}
        lasting = {"$add": ["$$NOW", int(LIFETIME_SECONDS * 1000)]}
        try:
            await self._leases.update_one(
                {"_id": self._name, **free},
                [{"$set": {"holder": self._holder, "until": lasting}}],
                upsert=True,
            )
        except DuplicateKeyError:
            self._ends = 0.0
            return False
        self._ends = asked + LIFETIME_SECONDS
        return True

    async def release(self) -> None:
        """Let the next replica have it at once."""
        self._ends = 0.0
        await self._leases.delete_one({"_id": self._name, "holder": self._holder})
