"""The audit: looks at secrets, only ever added to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, ReturnDocument

from chassis.mongo import Collection, Database, Document
from chassis.outbox import outbox_fields
from services.clients.domain.audit import LastLook, Look, LookPosition, LooksWanted

_UNREAD = {"outbox": 0, "outbox_since": 0}


class Looks:
    def __init__(self, database: Database) -> None:
        self.collection: Collection = database["looks"]
        self._turns: Collection = database["look_turns"]
        self._heard: list[Callable[[Look], None]] = []

    def on_added(self, hear: Callable[[Look], None]) -> None:
        """Called with each look that is durable."""
        self._heard.append(hear)

    async def prepare(self) -> None:
        newest = ("_id", DESCENDING)
        for field in ("company_id", "by.id", "thing_id", "ticket", "kind"):
            await self.collection.create_index([(field, ASCENDING), newest])
        await self.collection.create_index([("by.id", ASCENDING), ("at", DESCENDING)])

    async def add(self, look: Look) -> None:
        """Durable, with its event, before anybody is shown anything."""
        document = {"_id": look.id, **look.model_dump(exclude={"id"})}
        await self.collection.insert_one({**document, **outbox_fields([look.event()], look.at)})
        for hear in self._heard:
            hear(look)

    async def take_turn(self, staff: UUID, at: datetime, since: datetime, most: int) -> bool:
        """Whether somebody may look once more; counted and taken in one write, so that none slips between."""
        lately = {"$filter": {"input": {"$ifNull": ["$turns", []]}, "cond": {"$gt": ["$$this", since]}}}
        turns = {"$cond": ["$is_given", {"$concatArrays": ["$turns", [at]]}, "$turns"]}
        counted = await self._turns.find_one_and_update(
            {"_id": staff},
            [
                {"$set": {"turns": lately}},
                {"$set": {"is_given": {"$lt": [{"$size": "$turns"}, most]}}},
                {"$set": {"turns": turns}},
            ],
            upsert=True,
            return_document=ReturnDocument.AFTER,
        )
        return bool(counted and counted["is_given"])

    async def page(
        self, wanted: LooksWanted, position: LookPosition | None
    ) -> tuple[list[Look], LookPosition | None]:
        """The newest first, and where the next page begins."""
        query = [*_of(wanted), *([{"_id": {"$lt": position.id}}] if position else [])]
        found = self.collection.find({"$and": query} if query else {}, _UNREAD)
        looks = [_restored(one) async for one in found.sort("_id", DESCENDING).limit(wanted.limit + 1)]
        shown = looks[: wanted.limit]
        return shown, LookPosition(id=shown[-1].id) if len(looks) > wanted.limit else None

    async def last_of(self, wanted: LooksWanted) -> list[LastLook]:
        """The latest look at each thing, the latest first; as many as `limit`."""
        groups = await self.collection.aggregate(
            [
                {"$match": {"$and": _of(wanted)}},
                {"$project": _UNREAD},
                {"$sort": {"_id": DESCENDING}},
                {"$group": {"_id": "$thing_id", "look": {"$first": "$$ROOT"}, "times": {"$sum": 1}}},
                {"$sort": {"look._id": DESCENDING}},
                {"$limit": wanted.limit},
            ]
        )
        return [LastLook(look=_restored(one["look"]), times=one["times"]) async for one in groups]


def _of(wanted: LooksWanted) -> list[Document]:
    equal = {
        "by.id": wanted.by,
        "company_id": wanted.company,
        "thing_id": wanted.thing,
        "ticket": wanted.ticket,
        "kind": wanted.kind,
    }
    query: list[Document] = [{field: value} for field, value in equal.items() if value]
    if wanted.companies is not None:
        query.append({"company_id": {"$in": list(wanted.companies)}})
    if wanted.first:
        query.append({"at": {"$gte": wanted.first}})
    if wanted.last:
        query.append({"at": {"$lt": wanted.last}})
    return query


def _restored(document: Document) -> Look:
    return Look.model_validate({**document, "id": document["_id"]})
