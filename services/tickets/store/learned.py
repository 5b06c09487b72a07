"""What was learned of categories: a document for each word, so that replicas agree and memory stays small."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pymongo import DESCENDING, UpdateOne

from chassis.mongo import Client, Database, Document, Session, in_transaction
from services.tickets.domain.learning import Lesson, Totals
from services.tickets.domain.ticket import Ticket
from services.tickets.store.documents import to_ticket

_TOTALS = "totals"
_BATCH = 20
# Of those that were categorised before there was anything to learn from them.
_MOST_OF_BEFORE = 20_000
_KEPT_SECONDS = 5.0


class Learned:
    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._words = database["learned_words"]
        self._lessons = database["lessons"]
        self._totals = database["learned_totals"]
        self._tickets = database["tickets"]
        self._kept: tuple[float, Totals] | None = None

    async def prepare(self) -> None:
        """The index of what is to be learned; once, the latest of what was categorised before."""
        await self._tickets.create_index([("to_learn", DESCENDING)], sparse=True)
        empty = _written(Totals())
        made = await self._totals.update_one({"_id": _TOTALS}, {"$setOnInsert": empty}, upsert=True)
        if made.upserted_id is None:
            return
        latest = (
            self._tickets.find({}, {"number": 1}).sort("number", DESCENDING).skip(_MOST_OF_BEFORE).limit(1)
        )
        found = await latest.to_list()
        since = {"number": {"$gt": found[0]["number"] if found else 0}, "category": {"$gt": ""}}
        await self._tickets.update_many(since, {"$set": {"to_learn": True}})

    async def totals(self) -> Totals:
        """Perhaps some seconds old."""
        if self._kept and self._kept[0] > time.monotonic():
            return self._kept[1]
        totals = _read(await self._totals.find_one({"_id": _TOTALS}))
        self._kept = (time.monotonic() + _KEPT_SECONDS, totals)
        return totals

    async def counts(self, features: Sequence[str]) -> dict[str, dict[UUID, int]]:
        """In how many tickets of each category a feature was, of those that were in any."""
        found = await self._words.find({"_id": {"$in": list(features)}}).to_list()
        return {one["_id"]: {UUID(key): n for key, n in one["in"].items() if n > 0} for one in found}

    async def waiting(self) -> list[Ticket]:
        """Some tickets that were categorised and not learned from since."""
        found = await self._tickets.find({"to_learn": True}).limit(_BATCH).to_list()
        return [to_ticket(document) for document in found]

    async def lessons_of(self, tickets: Sequence[UUID]) -> dict[UUID, Lesson]:
        found = await self._lessons.find({"_id": {"$in": list(tickets)}}).to_list()
        return {one["_id"]: Lesson.model_validate(one) for one in found}

    async def learn(self, lessons: Mapping[UUID, Lesson], results: Mapping[str, int]) -> None:
        """Instead of what each ticket taught before; all of it or nothing, however often it is tried."""
        await in_transaction(self._client, lambda session: self._learn(lessons, results, session))
        self._kept = None

    async def _learn(
        self, lessons: Mapping[UUID, Lesson], results: Mapping[str, int], session: Session
    ) -> None:
        found = await self._lessons.find({"_id": {"$in": list(lessons)}}, session=session).to_list()
        before = {one["_id"]: Lesson.model_validate(one) for one in found}
        words: dict[str, Counter[str]] = {}
        totals: Counter[str] = Counter()
        for key, lesson in lessons.items():
            for one, sign in ((before.get(key), -1), (lesson, 1)):
                _count(one, sign, words, totals)
        changes = [
            UpdateOne({"_id": word}, {"$inc": dict(counts)}, upsert=True) for word, counts in words.items()
        ]
        if changes:
            written = await self._words.bulk_write(changes, ordered=False, session=session)
            totals["vocabulary"] += written.upserted_count
        totals.update(results)
        await self._totals.update_one({"_id": _TOTALS}, {"$inc": dict(totals)}, session=session)
        kept = [
            UpdateOne({"_id": key}, {"$set": lesson.model_dump()}, upsert=True)
            for key, lesson in lessons.items()
        ]
        await self._lessons.bulk_write(kept, ordered=False, session=session)

    async def done_with(self, tickets: Sequence[Ticket]) -> None:
        """Unless they were changed meanwhile: then they are looked at again."""
        same = [{"_id": one.id, "version": one.version} for one in tickets]
        await self._tickets.bulk_write([UpdateOne(one, {"$unset": {"to_learn": ""}}) for one in same])


def _count(lesson: Lesson | None, sign: int, words: dict[str, Counter[str]], totals: Counter[str]) -> None:
    if lesson is None or lesson.category_id is None:
        return
    key = str(lesson.category_id)
    totals[f"tickets.{key}"] += sign
    totals[f"words.{key}"] += sign * len(lesson.features)
    for feature in lesson.features:
        words.setdefault(feature, Counter())[f"in.{key}"] += sign


def _written(totals: Totals) -> Document:
    return totals.model_dump(mode="json")


def _read(document: Document | None) -> Totals:
    fields: dict[str, Any] = dict(document or {})
    for name in ("tickets", "words"):
        fields[name] = {key: n for key, n in fields.get(name, {}).items() if n > 0}
    return Totals.model_validate(fields)
