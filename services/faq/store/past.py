"""What the demo's year left: uses and searches, many at once, and articles as old as they would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pymongo import UpdateOne

from chassis.mongo import Client, Collection, Database, Session, in_transaction
from chassis.outbox import outbox_fields
from contracts.envelope import Event
from services.faq.domain.missed import Missed
from services.faq.domain.use import Use

_MARK = "demo year"


class Past:
    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._marks: Collection = database["marks"]
        self._articles: Collection = database["articles"]
        self._revisions: Collection = database["revisions"]
        self._uses: Collection = database["uses"]
        self._misses: Collection = database["misses"]
        self._learned: Collection = database["learned"]

    async def reserve(self) -> None:
        """Where nothing was of use yet: what comes later is not mixed with a past that nobody had."""
        if await self._marks.find_one({"_id": _MARK}):
            return
        is_fresh = await self._uses.find_one({}, {"_id": 1}) is None
        await self._marks.insert_one({"_id": _MARK, "done": not is_fresh})

    async def is_wanted(self) -> bool:
        return await self._marks.find_one({"_id": _MARK, "done": False}) is not None

    async def put_uses(self, uses: Sequence[tuple[Use, Event, Sequence[str]]], at: datetime) -> int:
        """Each with its event and the words it was good for; those there already stay. How many are new."""

        async def keep(session: Session) -> int:
            keys = [use.id for use, _, _ in uses]
            there = self._uses.find({"_id": {"$in": keys}}, {"_id": 1}, session=session)
            known = {one["_id"] async for one in there}
            new = [one for one in uses if one[0].id not in known]
            if new:
                await self._uses.insert_many([_use(use, event, at) for use, event, _ in new], session=session)
                await self._articles.bulk_write(_counts(new), session=session)
                await self._learned.bulk_write(_lessons(new), session=session)
            return len(new)

        return await in_transaction(self._client, keep)

    async def put_misses(self, misses: Sequence[tuple[Missed, Event]], at: datetime) -> None:
        """Those there already stay."""
        keys = [one.id for one, _ in misses]
        known = {one["_id"] async for one in self._misses.find({"_id": {"$in": keys}}, {"_id": 1})}
        new = [
            {"_id": one.id, **one.model_dump(exclude={"id"}), **_told(event, one.at, at)}
            for one, event in misses
            if one.id not in known
        ]
        if new:
            await self._misses.insert_many(new)

    async def age(self, written: Mapping[UUID, datetime]) -> None:
        """Articles that nobody has changed since they were written were written then."""
        fresh = {"version": 1}
        articles = [
            UpdateOne({"_id": key, **fresh}, {"$set": {"created_at": at, "updated_at": at}})
            for key, at in written.items()
        ]
        revisions = [
            UpdateOne({"article_id": key, **fresh}, {"$set": {"at": at}}) for key, at in written.items()
        ]
        if articles:
            await self._articles.bulk_write(articles, ordered=False)
            await self._revisions.bulk_write(revisions, ordered=False)

    async def complete(self) -> None:
        await self._marks.update_one({"_id": _MARK}, {"$set": {"done": True}})


def _use(use: Use, event: Event, at: datetime) -> dict[str, object]:
    return {"_id": use.id, **use.model_dump(exclude={"id"}), **_told(event, use.at, at)}


def _told(event: Event, happened: datetime, at: datetime) -> dict[str, object]:
    """As of its moment; it waits since now."""
    return {**outbox_fields([event], happened), "outbox_since": at}


def _counts(new: Sequence[tuple[Use, Event, Sequence[str]]]) -> list[UpdateOne]:
    uses = Counter(use.article_id for use, _, _ in new)
    helped = Counter(use.article_id for use, _, _ in new if use.kind == "helped")
    return [
        UpdateOne({"_id": key}, {"$inc": {"uses": number, "helped": helped[key]}})
        for key, number in uses.items()
    ]


def _lessons(new: Sequence[tuple[Use, Event, Sequence[str]]]) -> list[UpdateOne]:
    taught = Counter((word, use.article_id) for use, _, words in new for word in words)
    return [
        UpdateOne({"word": word, "article_id": key}, {"$inc": {"count": number}}, upsert=True)
        for (word, key), number in taught.items()
    ]
