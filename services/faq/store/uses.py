"""What articles were good for: each use once, with its event, and the words that like problems have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Client, Collection, Database, Document, Session, in_transaction
from chassis.outbox import outbox_fields, with_outbox
from contracts.envelope import Event
from services.faq.domain.errors import MadeBeforeError
from services.faq.domain.use import Use

_UNREAD = {"outbox": 0, "outbox_since": 0}


class Uses:
    def __init__(self, client: Client, database: Database) -> None:
        self.collection: Collection = database["uses"]
        self._articles: Collection = database["articles"]
        self._learned: Collection = database["learned"]
        self._client = client

    async def prepare(self) -> None:
        await self.collection.create_index([("article_id", ASCENDING), ("at", ASCENDING)])
        await self._learned.create_index([("word", ASCENDING), ("article_id", ASCENDING)], unique=True)

    async def find(self, key: UUID) -> Use | None:
        """The use of this id."""
        found = await self.collection.find_one({"_id": key}, _UNREAD)
        return _to_use(found) if found else None

    async def all_after(self, key: UUID | None, limit: int) -> list[Use]:
        """A batch in the order of ids."""
        query = {"_id": {"$gt": key}} if key else {}
        found = self.collection.find(query, _UNREAD).sort("_id", ASCENDING).limit(limit)
        return [_to_use(one) async for one in found]

    async def announce(self, said: Sequence[tuple[Use, Event]], at: datetime) -> None:
        """Each as of the moment it was; it waits since now."""
        waiting = {"$min": {"outbox_since": at}}
        updates = [
            UpdateOne({"_id": use.id}, {**with_outbox({}, [event], use.at), **waiting}) for use, event in said
        ]
        if updates:
            await self.collection.bulk_write(updates, ordered=False)

    async def count_waiting(self, most: int) -> int:
        """How many have events that wait; no more than so many are counted."""
        return await self.collection.count_documents({"outbox_since": {"$exists": True}}, limit=most)

    async def add(self, use: Use, event: Event, words: Sequence[str]) -> None:
        """Count it, and remember the words it was good for; raises MadeBeforeError."""
        document = {"_id": use.id, **use.model_dump(exclude={"id"}), **outbox_fields([event], use.at)}
        counted = {"uses": 1, **({"helped": 1} if use.kind == "helped" else {})}
        lessons = [
            UpdateOne({"word": word, "article_id": use.article_id}, {"$inc": {"count": 1}}, upsert=True)
            for word in words
        ]

        async def keep(session: Session) -> None:
            await self.collection.insert_one(document, session=session)
            await self._articles.update_one({"_id": use.article_id}, {"$inc": counted}, session=session)
            if lessons:
                await self._learned.bulk_write(lessons, session=session)

        try:
            await in_transaction(self._client, keep)
        except DuplicateKeyError as error:
            if await self.find(use.id):
                raise MadeBeforeError from error
            # Two uses taught the same word for the first time at this very moment.
            await in_transaction(self._client, keep)


def _to_use(document: Document) -> Use:
    return Use.model_validate({**document, "id": document["_id"]})
