"""Exports and their files: a document each, and GridFS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from gridfs import NoFile
from gridfs.asynchronous import AsyncGridFSBucket
from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database, Document
from services.reporting.domain.export import (
    KEPT,
    MOST_ATTEMPTS,
    Export,
    ExportLostError,
    ExportNotFoundError,
)

_UNFINISHED = {"$in": ["waiting", "making"]}


class Exports:
    def __init__(self, database: Database) -> None:
        self._exports: Collection = database["exports"]
        self._bucket = AsyncGridFSBucket(database, "exported")

    async def prepare(self) -> None:
        """Create the indexes, harmlessly where they are."""
        await self._exports.create_index([("state", ASCENDING), ("asked_at", ASCENDING)])
        await self._exports.create_index([("owner", ASCENDING), ("asked_at", DESCENDING)])
        await self._exports.create_index([("expires_at", ASCENDING)])

    async def add(self, export: Export) -> Export:
        try:
            await self._exports.insert_one({"_id": export.id, **export.model_dump(exclude={"id"})})
        except DuplicateKeyError:
            return await self.get(export.id)
        return export

    async def get(self, key: UUID) -> Export:
        found = await self._exports.find_one({"_id": key})
        if found is None:
            raise ExportNotFoundError
        return _restored(found)

    async def of(self, owner: UUID, limit: int) -> list[Export]:
        found = self._exports.find({"owner": owner}).sort("asked_at", DESCENDING).limit(limit)
        return [_restored(one) async for one in found]

    async def unfinished(self, owner: UUID) -> int:
        return await self._exports.count_documents({"owner": owner, "state": _UNFINISHED}, limit=100)

    async def waiting(self) -> int:
        return await self._exports.count_documents({"state": _UNFINISHED}, limit=100)

    async def take(self, holder: UUID, at: datetime, silent_since: datetime) -> Export | None:
        left = {"state": "making", "touched_at": {"$lt": silent_since}}
        await self._exports.update_many(
            {**left, "attempts": {"$gte": MOST_ATTEMPTS}}, {"$set": {"state": "failed", "done_at": at}}
        )
        found = await self._exports.find_one_and_update(
            {"$or": [{"state": "waiting"}, left]},
            {
                "$set": {"state": "making", "holder": holder, "touched_at": at, "rows_done": 0, "rows": 0},
                "$inc": {"attempts": 1},
            },
            sort=[("asked_at", ASCENDING)],
            return_document=True,
        )
        return _restored(found) if found else None

    async def tell(self, export: Export, holder: UUID, rows_done: int, rows: int, at: datetime) -> None:
        await self._as_holder(
            export, holder, {"$set": {"rows_done": rows_done, "rows": rows, "touched_at": at}}
        )

    async def keep(self, export: Export, content: AsyncIterator[bytes]) -> int:
        await self._drop_files(export.id)
        name = _file_of(export.id, export.attempts)
        async with self._bucket.open_upload_stream_with_id(name, name) as file:
            async for piece in content:
                await file.write(piece)
        return int(file.length)

    async def finish(self, export: Export, holder: UUID, size: int, at: datetime) -> None:
        ready: dict[str, Any] = {"state": "ready", "size": size, "done_at": at, "expires_at": at + KEPT}
        await self._as_holder(export, holder, {"$set": ready})

    async def fail(self, export: Export, holder: UUID, at: datetime) -> None:
        state = "waiting" if export.attempts < MOST_ATTEMPTS else "failed"
        change = {"state": state, "done_at": at if state == "failed" else None}
        await self._as_holder(export, holder, {"$set": change})

    async def end(self, key: UUID, at: datetime) -> None:
        ended = {"state": "failed", "done_at": at, "expires_at": at}
        await self._exports.update_one({"_id": key}, {"$set": ended})

    async def _as_holder(self, export: Export, holder: UUID, change: Document) -> None:
        """Another attempt of the same replica is not the same holder either."""
        mine = {"_id": export.id, "state": "making", "holder": holder, "attempts": export.attempts}
        if not (await self._exports.update_one(mine, change)).matched_count:
            raise ExportLostError

    async def read(self, export: Export) -> AsyncIterator[bytes]:
        stream = await self._bucket.open_download_stream(_file_of(export.id, export.attempts))
        while piece := await stream.readchunk():
            yield piece

    async def forget(self, at: datetime) -> int:
        expired = self._exports.find({"expires_at": {"$lt": at}}, {"_id": 1})
        keys = [one["_id"] async for one in expired]
        for key in keys:
            await self._drop_files(key)
            await self._exports.delete_one({"_id": key})
        return len(keys)

    async def _drop_files(self, key: UUID) -> None:
        """Of every attempt: one that was cut off has left pieces of a file that there is not."""
        for attempt in range(1, MOST_ATTEMPTS + 1):
            with suppress(NoFile):
                await self._bucket.delete(_file_of(key, attempt))


def _file_of(key: UUID, attempt: int) -> str:
    """Who makes it anew never writes into what somebody slow may still be writing."""
    return f"{key}:{attempt}"


def _restored(document: Document) -> Export:
    return Export.model_validate({**document, "id": document["_id"]})
