"""The imports and their rows, until they are a week old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database, Document
from contracts.import_http import Outcome, RowCounts
from services.clients.domain.creation import Creation
from services.clients.domain.errors import ConflictError, MadeBeforeError, NotInRegistryError
from services.clients.domain.tables.connections import Link
from services.clients.domain.tables.periods import Period
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.store.creations import creation_fields, find_made, prepare_creations

_INSERTED_AT_ONCE = 1000
_LATEST = 20
_WORKING = ["checking", "applying"]
_AS_IT_CAME = {"import_id", "row", "sealed"}


class Imports:
    def __init__(self, database: Database) -> None:
        self._imports: Collection = database["imports"]
        self._rows: Collection = database["import_rows"]

    async def prepare(self) -> None:
        await prepare_creations(self._imports)
        await self._imports.create_index([("state", ASCENDING), ("updated_at", ASCENDING)])
        await self._imports.create_index([("by.id", ASCENDING), ("created_at", DESCENDING)])
        for collection in (self._imports, self._rows):
            await collection.create_index([("expires_at", ASCENDING)], expireAfterSeconds=0)
        of_import = ("import_id", ASCENDING)
        await self._rows.create_index([of_import, ("row", ASCENDING)], unique=True)
        await self._rows.create_index([of_import, ("outcome", ASCENDING), ("row", ASCENDING)])
        await self._rows.create_index([of_import, ("is_done", ASCENDING), ("row", ASCENDING)])
        await self._rows.create_index([of_import, ("key", ASCENDING), ("row", ASCENDING)])
        await self._rows.create_index([of_import, ("answers_to", ASCENDING), ("row", ASCENDING)])

    async def made_by(self, creation: Creation) -> TableImport | None:
        made = await find_made(self._imports, creation, None)
        return _restore(made) if made else None

    async def add(self, table: TableImport, rows: Iterable[Row], creation: Creation | None) -> None:
        """The rows first: an import that can be seen is whole. Raises MadeBeforeError."""
        batch: list[Document] = []
        for row in rows:
            batch.append({**row.model_dump(), "expires_at": table.expires_at})
            if len(batch) == _INSERTED_AT_ONCE:
                await self._rows.insert_many(batch)
                batch = []
        if batch:
            await self._rows.insert_many(batch)
        document = {"_id": table.id, **table.model_dump(exclude={"id"}), **creation_fields(creation)}
        try:
            await self._imports.insert_one(document)
        except DuplicateKeyError as error:
            raise MadeBeforeError from error

    async def get(self, key: UUID) -> TableImport:
        """Raises NotInRegistryError."""
        found = await self._imports.find_one({"_id": key})
        if found is None:
            raise NotInRegistryError
        return _restore(found)

    async def latest(self, by: UUID) -> list[TableImport]:
        found = self._imports.find({"by.id": by}).sort("created_at", DESCENDING).limit(_LATEST)
        return [_restore(document) async for document in found]

    async def begin(self, table: TableImport, before: TableImport) -> None:
        """Nothing is done with its rows yet; raises ConflictError if somebody else began something."""
        whose = {"import_id": table.id}
        again: Document = {"is_done": False, "expires_at": table.expires_at}
        if table.state == "checking":
            again |= {
                "outcome": "unknown",
                "key": "",
                "answers_to": "",
                "hangs_on": "",
                "holds": None,
                "reason": "",
                "changes": [],
            }
            await self._rows.update_many(whose, {"$set": again})
        else:
            await self._rows.update_many({**whose, "outcome": {"$in": ["create", "update"]}}, {"$set": again})
        same = {"_id": table.id, "state": before.state, "updated_at": before.updated_at}
        result = await self._imports.update_one(same, {"$set": table.model_dump(exclude={"id"})})
        if not result.matched_count:
            raise ConflictError

    async def at_work(self) -> TableImport | None:
        """The one that waits the longest for somebody to work on it."""
        found = await self._imports.find_one({"state": {"$in": _WORKING}}, sort=[("updated_at", ASCENDING)])
        return _restore(found) if found else None

    async def undone(self, table: TableImport, limit: int) -> list[Row]:
        found = self._rows.find({"import_id": table.id, "is_done": False}).sort("row", ASCENDING).limit(limit)
        return [Row.model_validate(document) async for document in found]

    async def first_with(self, table: TableImport, keys: Sequence[str]) -> dict[str, int]:
        """The first row that says each of these."""
        found = self._rows.find({"import_id": table.id, "key": {"$in": list(keys)}}, {"key": 1, "row": 1})
        first: dict[str, int] = {}
        async for one in found.sort("row", ASCENDING):
            first.setdefault(one["key"], one["row"])
        return first

    async def keep(self, rows: Sequence[Row]) -> None:
        """What became of them."""
        await self._rows.bulk_write(
            [
                UpdateOne(
                    {"import_id": row.import_id, "row": row.row},
                    {"$set": row.model_dump(exclude=_AS_IT_CAME if row.sealed else {*_AS_IT_CAME, "cells"})},
                )
                for row in rows
            ],
            ordered=False,
        )

    async def links(self, table: TableImport) -> list[Link]:
        """Nothing where no row hangs on another: most files have none."""
        good: Document = {"import_id": table.id, "outcome": {"$ne": "error"}}
        if not await self._rows.find_one({**good, "hangs_on": {"$gt": ""}}, {"_id": 1}):
            return []
        linked = {**good, "$or": [{"hangs_on": {"$gt": ""}}, {"answers_to": {"$gt": ""}}]}
        found = self._rows.find(linked, {"_id": 0, "row": 1, "answers_to": 1, "hangs_on": 1})
        return [Link(**one) async for one in found.sort("row", ASCENDING)]

    async def periods(self, table: TableImport) -> list[tuple[int, Period]]:
        good: Document = {"import_id": table.id, "outcome": {"$ne": "error"}, "holds": {"$ne": None}}
        found = self._rows.find(good, {"_id": 0, "row": 1, "holds": 1}).sort("row", ASCENDING)
        return [(one["row"], Period.model_validate(one["holds"])) async for one in found]

    async def numbered(self, table: TableImport, numbers: Sequence[int]) -> list[Row]:
        found = self._rows.find({"import_id": table.id, "row": {"$in": list(numbers)}})
        return [Row.model_validate(document) async for document in found]

    async def answering(self, table: TableImport, answers_to: str) -> list[Row]:
        """Those that add what answers to this."""
        query = {"import_id": table.id, "answers_to": answers_to, "outcome": "create"}
        return [Row.model_validate(document) async for document in self._rows.find(query).limit(2)]

    async def advance(self, table: TableImport, at: datetime, *, is_last: bool) -> bool:
        """Counts anew how far it is; with nothing left at the last look, it is at the end of what it did."""
        whose = {"import_id": table.id}
        left = await self._rows.count_documents({**whose, "is_done": False})
        groups = await self._rows.aggregate(
            [{"$match": whose}, {"$group": {"_id": "$outcome", "count": {"$sum": 1}}}]
        )
        counted = {group["_id"]: group["count"] async for group in groups}
        counts = RowCounts(**{name: counted.get(name, 0) for name in RowCounts.model_fields})
        progress: Document = {
            "done_rows": table.rows - left,
            "counts": counts.model_dump(),
            "updated_at": at,
        }
        is_over = is_last and not left
        if is_over:
            progress["state"] = "checked" if table.state == "checking" else "done"
        await self._imports.update_one({"_id": table.id, "state": table.state}, {"$set": progress})
        return is_over

    async def page(
        self, table: TableImport, outcome: Outcome | None, after: int, limit: int
    ) -> tuple[list[Row], int | None]:
        """In the order of the file, and behind which row the next page begins."""
        query: Document = {"import_id": table.id, "row": {"$gt": after}}
        if outcome:
            query["outcome"] = outcome
        found = await self._rows.find(query).sort("row", ASCENDING).limit(limit + 1).to_list()
        rows = [Row.model_validate(document) for document in found[:limit]]
        return rows, rows[-1].row if len(found) > limit else None


def _restore(document: Document) -> TableImport:
    return TableImport.model_validate({**document, "id": document["_id"]})
