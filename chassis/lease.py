"""One holder at a time among the replicas of a service."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from uuid import UUID

from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database

LIFETIME_SECONDS = 5.0
_WANTED_MILLISECONDS = int(2 * LIFETIME_SECONDS * 1000)


class Lease:
    """A named lease kept in MongoDB and timed by MongoDB's own clock, so replicas' clocks may differ."""

    def __init__(self, database: Database, name: str, holder: UUID) -> None:
        self._leases: Collection = database["leases"]
        self._name = name
        self._holder = holder
        self._ends = 0.0
        self._is_wanted = False

    @property
    def is_wanted_by_others(self) -> bool:
        """Whether another replica asked for it lately, as seen at the last renewal."""
        return self._is_wanted

    @property
    def is_held(self) -> bool:
        """Judged by this process's own monotonic clock, from before the last renewal was asked for."""
        return time.monotonic() < self._ends

    async def prepare(self) -> None:
        """The lease itself, free: MongoDB allows no `$expr` in an upsert, so acquiring only updates."""
        free = {"holder": None, "until": datetime.fromtimestamp(0, UTC)}
        with contextlib.suppress(DuplicateKeyError):
            await self._leases.update_one({"_id": self._name}, {"$setOnInsert": free}, upsert=True)

    async def acquire(self) -> bool:
        """Take or renew it; False while another replica holds it, who then knows that it is wanted."""
        asked = time.monotonic()
        free = {"$or": [{"holder": self._holder}, {"$expr": {"$lt": ["$until", "$$NOW"]}}]}
        lasting = {"$add": ["$$NOW", int(LIFETIME_SECONDS * 1000)]}
        taken = await self._leases.find_one_and_update(
            {"_id": self._name, **free},
            [{"$set": {"holder": self._holder, "until": lasting}}],
            {"is_wanted": {"$gt": ["$wanted_at", {"$subtract": ["$$NOW", _WANTED_MILLISECONDS]}]}},
        )
        self._ends = asked + LIFETIME_SECONDS if taken else 0.0
        # Once, beside an outage, an answer came without what is computed: then nobody is known to want it.
        self._is_wanted = bool(taken and taken.get("is_wanted"))
        if not taken:
            await self._leases.update_one({"_id": self._name}, [{"$set": {"wanted_at": "$$NOW"}}])
        return self.is_held

    async def release(self) -> None:
        """Let the next replica have it at once."""
        self._ends = 0.0
        past = [{"$set": {"holder": None, "until": {"$subtract": ["$$NOW", 1]}}}]
        await self._leases.update_one({"_id": self._name, "holder": self._holder}, past)
