"""Searches that found nothing, each with its event: what to write next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, UpdateOne, WriteConcern

from chassis.mongo import Collection, Database, Document
from chassis.outbox import outbox_fields, with_outbox
from contracts.envelope import Event
from contracts.faq_http import Miss
from services.faq.domain.missed import Missed

_KEPT_SECONDS = 400 * 24 * 3600
_UNREAD = {"outbox": 0, "outbox_since": 0}


class Misses:
    def __init__(self, database: Database) -> None:
        # Statistics: whoever is typing does not wait for the disk, and one lost in a crash is no loss.
        self.collection: Collection = database.get_collection("misses", write_concern=WriteConcern(w=1))

    async def prepare(self) -> None:
        await self.collection.create_index([("caller", ASCENDING), ("at", DESCENDING)])
        await self.collection.create_index([("at", ASCENDING)], expireAfterSeconds=_KEPT_SECONDS)

    async def last_of(self, caller: UUID, since: datetime) -> Missed | None:
        recent = {"caller": caller, "at": {"$gt": since}}
        found = await self.collection.find_one(recent, _UNREAD, sort=[("at", DESCENDING)])
        return _to_missed(found) if found else None

    async def add(self, missed: Missed, event: Event) -> None:
        document = {"_id": missed.id, **missed.model_dump(exclude={"id"})}
        await self.collection.insert_one({**document, **outbox_fields([event], missed.at)})

    async def save(self, missed: Missed, event: Event) -> None:
        """Over the version before; nothing where another answer to the same typing was faster."""
        before = {"_id": missed.id, "version": missed.version - 1}
        fields = missed.model_dump(include={"query", "at", "version"})
        await self.collection.update_one(before, with_outbox({"$set": fields}, [event], missed.at))

    async def most(self, limit: int, since: datetime | None, until: datetime | None) -> list[Miss]:
        """The most frequent first, of those made since then and before that."""
        bounds = {"$gte": since or datetime.min, "$lt": until or datetime.max}
        groups = await self.collection.aggregate(
            [
                {"$match": {"at": bounds}},
                {"$group": {"_id": "$query", "count": {"$sum": 1}, "last_at": {"$max": "$at"}}},
                {"$sort": {"count": -1, "last_at": -1}},
                {"$limit": limit},
            ]
        )
        return [Miss(query=one["_id"], count=one["count"], last_at=one["last_at"]) async for one in groups]

    async def all_after(self, key: UUID | None, limit: int) -> list[Missed]:
        """A batch in the order of ids."""
        query: Document = {"_id": {"$gt": key}} if key else {}
        found = self.collection.find(query, _UNREAD).sort("_id", ASCENDING).limit(limit)
        return [_to_missed(one) async for one in found]

    async def announce(self, said: Sequence[tuple[Missed, Event]], at: datetime) -> None:
        """Each as of the moment it was; it waits since now."""
        waiting = {"$min": {"outbox_since": at}}
        updates = [
            UpdateOne({"_id": one.id}, {**with_outbox({}, [event], one.at), **waiting}) for one, event in said
        ]
        if updates:
            await self.collection.bulk_write(updates, ordered=False)

    async def count_waiting(self, most: int) -> int:
        """How many have events that wait; no more than so many are counted."""
        return await self.collection.count_documents({"outbox_since": {"$exists": True}}, limit=most)


def _to_missed(document: Document) -> Missed:
    return Missed.model_validate({**document, "id": document["_id"]})
