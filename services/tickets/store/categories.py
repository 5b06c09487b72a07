"""The tree of categories: one document with its unpublished events, so that a change of it is one write."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.mongo import Collection, Database
from chassis.outbox import with_outbox
from contracts.envelope import Event
from services.tickets.domain.category import CategoryTree
from services.tickets.domain.errors import ConflictError

_TREE = "tree"
# What a page shows of the tree may be this old; what is decided on is always read anew.
_KEPT_SECONDS = 2.0


class Categories:
    def __init__(self, database: Database) -> None:
        self.collection: Collection = database["categories"]
        self._kept: tuple[float, CategoryTree] | None = None

    async def prepare(self) -> None:
        empty = CategoryTree().model_dump()
        await self.collection.update_one({"_id": _TREE}, {"$setOnInsert": empty}, upsert=True)

    async def tree(self) -> CategoryTree:
        document = await self.collection.find_one({"_id": _TREE}, {"outbox": 0, "outbox_since": 0})
        tree = CategoryTree.model_validate(document or {})
        self._kept = (time.monotonic() + _KEPT_SECONDS, tree)
        return tree.model_copy(deep=True)

    async def recent(self) -> CategoryTree:
        """To be shown, not to be changed: it may be two seconds old."""
        if self._kept and self._kept[0] > time.monotonic():
            return self._kept[1]
        return await self.tree()

    async def save(self, tree: CategoryTree, events: Sequence[Event], at: datetime) -> None:
        """Raises ConflictError if somebody else changed it."""
        update = with_outbox({"$set": tree.model_dump()}, events, at)
        before = {"_id": _TREE, "version": tree.version - 1}
        if not (await self.collection.update_one(before, update, upsert=False)).matched_count:
            raise ConflictError
        self._kept = None

    async def announce(self, tree: CategoryTree, events: Sequence[Event], at: datetime) -> None:
        """How things stand; where the tree was changed meanwhile, nothing."""
        same = {"_id": _TREE, "version": tree.version}
        await self.collection.update_one(same, with_outbox({}, events, at))

    async def settle(self, tree: CategoryTree, done: Sequence[UUID]) -> None:
        """These categories' tickets say what the tree says, unless it was changed meanwhile."""
        same = {"_id": _TREE, "version": tree.version}
        await self.collection.update_one(same, {"$pullAll": {"unsettled": list(done)}})
