"""The tree of categories, as tickets tells it."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Mapping
from uuid import UUID

from pymongo import UpdateOne

from chassis.inbox import save_if_newer
from chassis.mongo import Collection, Database
from contracts.categories import CategorySaved
from services.faq.domain.category import Categories, Category


class CategoryTree:
    def __init__(self, database: Database) -> None:
        self._categories: Collection = database["categories"]

    async def hear(self, said: CategorySaved) -> None:
        """The newest wins, however late or often it is told."""
        fields = said.model_dump(include={"name", "parent_id", "merged_into"})
        await save_if_newer(self._categories, said.id, said.version, fields)

    async def remember(self, names: Mapping[UUID, Names[str]]) -> None:
        """What they are called, for when somebody still says so later."""
        updates = [
            UpdateOne({"_id": key}, {"$addToSet": {"paths": {"$each": sorted(paths)}}})
            for key, paths in names.items()
        ]
        if updates:
            await self._categories.bulk_write(updates, ordered=False)

    async def all(self) -> Categories:
        found = self._categories.find({})
        return Categories([Category.model_validate({**one, "id": one["_id"]}) async for one in found])
