"""Drafts and timers, one document each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document, Session, in_transaction
from services.tickets.domain.draft import Draft
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.timer import Timer

# What nobody came back to for so long is not missed any more.
_KEPT = timedelta(days=60)
DRAFTS = "drafts"


class DeskWork:
    def __init__(self, database: Database) -> None:
        self._client = database.client
        self._drafts = database[DRAFTS]
        self._timers = database["timers"]

    async def prepare(self) -> None:
        await self._drafts.create_index([("at", ASCENDING)], expireAfterSeconds=int(_KEPT.total_seconds()))

    async def draft(self, staff: UUID, number: int) -> Draft:
        found = await self._drafts.find_one({"_id": key_of_draft(staff, number)}, {"_id": 0})
        return Draft.model_validate(found) if found else Draft()

    async def save_draft(self, staff: UUID, number: int, draft: Draft) -> None:
        """Raises ConflictError when another window was faster."""
        await self._keep_draft(staff, number, draft)

    async def _keep_draft(
        self, staff: UUID, number: int, draft: Draft, session: Session | None = None
    ) -> None:
        before: Document = {"_id": key_of_draft(staff, number), "version": draft.version - 1}
        try:
            kept = await self._drafts.replace_one(
                before, draft.model_dump(), upsert=draft.version == 1, session=session
            )
        except DuplicateKeyError as error:
            raise ConflictError from error
        if not kept.matched_count and kept.upserted_id is None:
            raise ConflictError

    async def timer(self, staff: UUID) -> Timer | None:
        found = await self._timers.find_one({"_id": staff})
        return _timer(found) if found else None

    async def save_timer(self, staff: UUID, timer: Timer) -> None:
        """Raises ConflictError when another window was faster."""
        try:
            kept = await self._timers.replace_one(
                {"_id": staff, "version": timer.version - 1}, _fields(timer), upsert=timer.version == 1
            )
        except DuplicateKeyError as error:
            raise ConflictError from error
        if not kept.matched_count and kept.upserted_id is None:
            raise ConflictError

    async def stop_timer(self, staff: UUID, timer: Timer, draft: Draft) -> None:
        """Take it away and keep the draft that has its minutes, both or neither; raises ConflictError."""
        same = {"_id": staff, "version": timer.version, "started_at": timer.started_at}

        async def write(session: Session) -> None:
            if not (await self._timers.delete_one(same, session=session)).deleted_count:
                raise ConflictError
            await self._keep_draft(staff, timer.number, draft, session)

        await in_transaction(self._client, write)


def key_of_draft(staff: UUID, number: int) -> Document:
    return {"staff": staff, "number": number}


def _fields(timer: Timer) -> dict[str, Any]:
    return {**timer.model_dump(), "counted": timer.counted.total_seconds()}


def _timer(document: Document) -> Timer:
    return Timer.model_validate({**document, "counted": timedelta(seconds=document["counted"])})
