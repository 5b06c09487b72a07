"""The companies' data keys, each wrapped by a master key that is not here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document
from services.clients.domain.vault.data_key import CompanyKey, DataKey, new_data_key, rewrap, unwrap
from services.clients.domain.vault.errors import BrokenSealError
from services.clients.domain.vault.master_keys import MasterKeys


class DataKeys:
    """Never in a transaction: a key that was made and not used harms nobody."""

    def __init__(self, database: Database, masters: MasterKeys | None) -> None:
        self._keys = database["data_keys"]
        self._masters = masters

    @property
    def masters(self) -> MasterKeys:
        """Raises RuntimeError where this process was given none."""
        if self._masters is None:
            raise RuntimeError("no master keys were given to this process")
        return self._masters

    async def prepare(self) -> None:
        await self._keys.create_index([("master", ASCENDING)])

    async def of(self, company_id: UUID) -> CompanyKey:
        """The company's key, made when it is first asked for; raises BrokenSealError."""
        kept = await self._keys.find_one({"_id": company_id})
        if kept is None:
            kept = await self._made(company_id)
        return unwrap(_restored(kept), self.masters)

    async def _made(self, company_id: UUID) -> Document:
        new = new_data_key(company_id, self.masters)
        document = {"_id": company_id, "master": new.master, "wrapped": new.wrapped}
        try:
            await self._keys.insert_one(document)
        except DuplicateKeyError:
            # Somebody was first: what is sealed must open with the key that is kept.
            return await self._keys.find_one({"_id": company_id}) or document
        return document

    async def count(self) -> dict[str, int]:
        """How many each master key wraps."""
        groups = await self._keys.aggregate([{"$group": {"_id": "$master", "count": {"$sum": 1}}}])
        return {group["_id"]: group["count"] async for group in groups}

    async def rewrap_all(self) -> AsyncIterator[tuple[UUID, bool]]:
        """Wrap anew what another than the newest master key wraps; may be cut off and begun again.

        Tells of each company whether it went well: what cannot be opened stays as it is.
        """
        newest = self.masters.newest
        async for document in self._keys.find({"master": {"$ne": newest}}):
            try:
                fresh = rewrap(_restored(document), self.masters)
            except BrokenSealError:
                yield document["_id"], False
                continue
            same = {"_id": document["_id"], "master": document["master"], "wrapped": document["wrapped"]}
            await self._keys.update_one(same, {"$set": {"master": fresh.master, "wrapped": fresh.wrapped}})
            yield document["_id"], True


def _restored(document: Document) -> DataKey:
    return DataKey(company_id=document["_id"], master=document["master"], wrapped=document["wrapped"])
