"""Saved views, and how each specialist arranged them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document
from contracts.views_http import Arrangement
from services.tickets.domain.errors import ConflictError, ViewNotFoundError
from services.tickets.domain.view import View


class Views:
    def __init__(self, database: Database) -> None:
        self._views = database["views"]
        self._arrangements = database["arrangements"]

    async def prepare(self) -> None:
        await self._views.create_index([("owner.id", ASCENDING)])
        await self._views.create_index([("shared_with", ASCENDING)])

    async def add(self, view: View) -> bool:
        """False when the id is there already."""
        try:
            await self._views.insert_one({"_id": view.id, **_fields(view)})
        except DuplicateKeyError:
            return False
        return True

    async def get(self, view_id: UUID) -> View:
        """Raises ViewNotFoundError."""
        found = await self._views.find_one({"_id": view_id})
        if found is None:
            raise ViewNotFoundError
        return _view(found)

    async def seen_by(self, staff_id: UUID, roles: Sequence[str], most: int) -> list[View]:
        mine = self._views.find({"owner.id": staff_id}).limit(most)
        shared = self._views.find({"shared_with": {"$in": ["all", *roles]}}).limit(most)
        views = [_view(found) for found in [*await mine.to_list(), *await shared.to_list()]]
        return list({view.id: view for view in views}.values())

    async def count_of(self, staff_id: UUID) -> int:
        return await self._views.count_documents({"owner.id": staff_id})

    async def save(self, view: View) -> None:
        """Raises ConflictError if somebody else changed it."""
        before = {"_id": view.id, "version": view.version - 1}
        if not (await self._views.update_one(before, {"$set": _fields(view)})).matched_count:
            raise ConflictError

    async def remove(self, view: View) -> None:
        """Raises ConflictError if somebody else changed it."""
        if not (await self._views.delete_one({"_id": view.id, "version": view.version})).deleted_count:
            raise ConflictError

    async def arrangement_of(self, staff_id: UUID) -> Arrangement:
        found = await self._arrangements.find_one({"_id": staff_id}, {"_id": 0})
        return Arrangement.model_validate(found) if found else Arrangement(order=[])

    async def arrange(self, staff_id: UUID, arrangement: Arrangement) -> None:
        await self._arrangements.replace_one({"_id": staff_id}, arrangement.model_dump(), upsert=True)


def _fields(view: View) -> Document:
    fields = view.model_dump(exclude={"id"})
    fields["shared_with"] = list(view.shared_with)
    priority = view.filters.priority
    return {**fields, "filters": {**fields["filters"], "priority": priority.value if priority else None}}


def _view(document: Document) -> View:
    return View.model_validate({**document, "id": document["_id"]})
