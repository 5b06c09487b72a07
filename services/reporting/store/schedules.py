"""Schedules of reports by e-mail, and their letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pymongo import ASCENDING, DESCENDING
from pymongo.errors import BulkWriteError, DuplicateKeyError

from chassis.mongo import Collection, Database, Document
from services.reporting.domain.schedule import (
    Delivery,
    Schedule,
    ScheduleKeyReusedError,
    ScheduleNotFoundError,
    StaleScheduleError,
)

_KEPT = timedelta(days=400)
_DUPLICATE = 11000


class Schedules:
    def __init__(self, database: Database) -> None:
        self._schedules: Collection = database["schedules"]
        self._deliveries: Collection = database["deliveries"]

    async def prepare(self) -> None:
        """Create the indexes, harmlessly where they are."""
        await self._schedules.create_index([("name", ASCENDING), ("_id", ASCENDING)])
        await self._deliveries.create_index([("state", ASCENDING), ("due_at", ASCENDING)])
        await self._deliveries.create_index([("schedule_id", ASCENDING), ("queued_at", DESCENDING)])
        await self._deliveries.create_index(
            [("queued_at", ASCENDING)], expireAfterSeconds=int(_KEPT.total_seconds())
        )

    async def add(self, schedule: Schedule) -> None:
        try:
            await self._schedules.insert_one({"_id": schedule.id, **_document(schedule)})
        except DuplicateKeyError as error:
            raise ScheduleKeyReusedError from error

    async def save(self, schedule: Schedule) -> None:
        older = {"_id": schedule.id, "version": schedule.version - 1}
        saved = await self._schedules.update_one(older, {"$set": _document(schedule)})
        if not saved.matched_count:
            raise StaleScheduleError

    async def remove(self, key: UUID, version: int) -> None:
        if not (await self._schedules.delete_one({"_id": key, "version": version})).deleted_count:
            raise StaleScheduleError
        await self._deliveries.delete_many({"schedule_id": key, "state": "waiting"})

    async def get(self, key: UUID) -> Schedule:
        found = await self._schedules.find_one({"_id": key})
        if found is None:
            raise ScheduleNotFoundError
        return _restored(found)

    async def all(self) -> list[Schedule]:
        found = self._schedules.find({}).sort([("name", ASCENDING), ("_id", ASCENDING)])
        return [_restored(one) async for one in found]

    async def told_days(self) -> dict[UUID, date]:
        found = self._schedules.find({}, {"told_on": 1})
        return {one["_id"]: date.fromisoformat(one["told_on"]) async for one in found if one.get("told_on")}

    async def queue(self, deliveries: Sequence[Delivery]) -> int:
        if not deliveries:
            return 0
        documents = [{"_id": one.id, **one.model_dump(exclude={"id"})} for one in deliveries]
        try:
            return len((await self._deliveries.insert_many(documents, ordered=False)).inserted_ids)
        except BulkWriteError as error:
            if any(one["code"] != _DUPLICATE for one in error.details["writeErrors"]):
                raise
            return int(error.details["nInserted"])

    async def tell(self, key: UUID, day: date) -> None:
        await self._schedules.update_one({"_id": key}, {"$max": {"told_on": day.isoformat()}})

    async def take(self, at: datetime) -> Delivery | None:
        found = await self._deliveries.find_one_and_update(
            {"state": "waiting", "due_at": {"$lte": at}},
            {"$set": {"state": "sending", "due_at": at}, "$inc": {"attempts": 1}},
            sort=[("due_at", ASCENDING)],
            return_document=True,
        )
        return _delivery(found) if found else None

    async def settle(self, delivery: Delivery) -> None:
        fields = delivery.model_dump(exclude={"id", "attempts"})
        await self._deliveries.update_one({"_id": delivery.id, "state": "sending"}, {"$set": fields})

    async def give_up_interrupted(self, before: datetime, at: datetime) -> int:
        found = await self._deliveries.update_many(
            {"state": "sending", "due_at": {"$lt": before}},
            {"$set": {"state": "unsure", "problem": "interrupted", "done_at": at}},
        )
        return found.modified_count

    async def deliveries(self, schedule: UUID, limit: int) -> list[Delivery]:
        found = self._deliveries.find({"schedule_id": schedule}).sort("queued_at", DESCENDING)
        return [_delivery(one) async for one in found.limit(limit)]


def _document(schedule: Schedule) -> Document:
    kept: dict[str, Any] = schedule.model_dump(exclude={"id", "since"})
    return {**kept, "since": schedule.since.isoformat()}


def _restored(document: Document) -> Schedule:
    return Schedule.model_validate({**document, "id": document["_id"]})


def _delivery(document: Document) -> Delivery:
    return Delivery.model_validate({**document, "id": document["_id"]})
