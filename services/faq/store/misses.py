"""Searches that found nothing: what to write next."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, WriteConcern

from chassis.clock import new_id
from chassis.mongo import Collection, Database
from contracts.faq_http import Miss

_STILL_TYPING = timedelta(seconds=60)
_KEPT_SECONDS = 400 * 24 * 3600


class Misses:
    def __init__(self, database: Database) -> None:
        # Statistics: whoever is typing does not wait for the disk, and one lost in a crash is no loss.
        self._misses: Collection = database.get_collection("misses", write_concern=WriteConcern(w=1))

    async def prepare(self) -> None:
        await self._misses.create_index([("caller", ASCENDING), ("at", DESCENDING)])
        await self._misses.create_index([("at", ASCENDING)], expireAfterSeconds=_KEPT_SECONDS)

    async def count(self, query: str, caller: UUID, at: datetime) -> None:
        """One more search that found nothing; what the same caller was still typing counts once."""
        last = await self._misses.find_one(
            {"caller": caller, "at": {"$gt": at - _STILL_TYPING}}, sort=[("at", DESCENDING)]
        )
        if last and (query.startswith(last["query"]) or last["query"].startswith(query)):
            longest = max(query, last["query"], key=len)
            await self._misses.update_one({"_id": last["_id"]}, {"$set": {"query": longest, "at": at}})
            return
        await self._misses.insert_one({"_id": new_id(), "query": query, "caller": caller, "at": at})

    async def most(self, limit: int, since: datetime | None, until: datetime | None) -> list[Miss]:
        """The most frequent first, of those made since then and before that."""
        bounds = {"$gte": since or datetime.min, "$lt": until or datetime.max}
        groups = await self._misses.aggregate(
            [
                {"$match": {"at": bounds}},
                {"$group": {"_id": "$query", "count": {"$sum": 1}, "last_at": {"$max": "$at"}}},
                {"$sort": {"count": -1, "last_at": -1}},
                {"$limit": limit},
            ]
        )
        return [Miss(query=one["_id"], count=one["count"], last_at=one["last_at"]) async for one in groups]
