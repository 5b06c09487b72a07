"""Tickets of the past, put there many at once and without events; numbers kept free for them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pymongo.errors import BulkWriteError

from chassis.mongo import Collection, Database
from services.tickets.domain.ticket import Ticket
from services.tickets.store.documents import to_document
from services.tickets.store.vocabulary import Vocabulary

_MARK = "demo year"
_DUPLICATE_KEY = 11000


class Shelf:
    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._tickets: Collection = database["tickets"]
        self._counters: Collection = database["counters"]
        self._vocabulary = Vocabulary(database)
        self._zone = zone

    async def reserve(self, count: int) -> None:
        """The first numbers, where none was given yet: later ones are then later ones."""
        fresh = {"_id": "number", "last": 0}
        if (await self._counters.update_one(fresh, {"$set": {"last": count}})).modified_count:
            await self._counters.insert_one({"_id": _MARK, "count": count, "done": False})

    async def wanted(self) -> int:
        """How many there are to be; nought where they are there, or none were reserved."""
        mark = await self._counters.find_one({"_id": _MARK, "done": False})
        return int(mark["count"]) if mark else 0

    async def put(self, tickets: list[Ticket]) -> None:
        """Those there are already stay."""
        documents = [{"_id": ticket.id, **to_document(ticket, self._zone)} for ticket in tickets]
        for document in documents:
            if document["category_id"]:
                document["to_learn"] = True
            await self._vocabulary.learn(document["words"])
        try:
            if documents:
                await self._tickets.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if any(one["code"] != _DUPLICATE_KEY for one in error.details["writeErrors"]):
                raise

    async def complete(self) -> None:
        await self._counters.update_one({"_id": _MARK}, {"$set": {"done": True}})
