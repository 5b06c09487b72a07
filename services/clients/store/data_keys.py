"""The companies' data keys, each wrapped by a master key that is not here; and those lent to imports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document
from services.clients.domain.vault.data_key import CompanyKey, DataKey, new_data_key, renew, rewrap, unwrap
from services.clients.domain.vault.errors import BrokenSealError
from services.clients.domain.vault.master_keys import MasterKeys

_LENT_UNTIL = "lent_until"


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
        await self._keys.create_index([(_LENT_UNTIL, ASCENDING)], expireAfterSeconds=0)

    async def of(self, company_id: UUID) -> CompanyKey:
        """The company's key, made when it is first asked for; raises BrokenSealError."""
        kept = await self._keys.find_one({"_id": company_id})
        if kept is None:
            kept = await self._made(company_id)
        return unwrap(_restored(kept), self.masters)

    async def lent(self, whose: UUID, until: datetime) -> CompanyKey:
        """A key that is there until then, or longer if it is asked for again; raises BrokenSealError."""
        key = await self.of(whose)
        await self._keys.update_one({"_id": whose}, {"$max": {_LENT_UNTIL: until}})
        return key

    async def destroy(self, whose: UUID) -> None:
        """What a lent key has sealed never opens again."""
        await self._keys.delete_one({"_id": whose, _LENT_UNTIL: {"$exists": True}})

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
            await self._replace(document, fresh)
            yield document["_id"], True

    async def renew(self, company_id: UUID) -> CompanyKey | None:
        """A new key from now on, the former ones stay; None for a company that has sealed nothing yet."""
        while document := await self._keys.find_one({"_id": company_id, _LENT_UNTIL: {"$exists": False}}):
            fresh = renew(_restored(document), self.masters)
            if await self._replace(document, fresh):
                return unwrap(fresh, self.masters)
        return None

    async def of_companies(self) -> list[UUID]:
        """Whose have a key."""
        found = self._keys.find({_LENT_UNTIL: {"$exists": False}}, {"_id": 1}).sort("_id", ASCENDING)
        return [one["_id"] async for one in found]

    async def _replace(self, document: Document, fresh: DataKey) -> bool:
        """False if somebody else did meanwhile."""
        same = {"_id": document["_id"], "master": document["master"], "wrapped": document["wrapped"]}
        kept = fresh.model_dump(include={"master", "wrapped", "former"})
        return (await self._keys.update_one(same, {"$set": kept})).matched_count == 1


def _restored(document: Document) -> DataKey:
    return DataKey.model_validate({**document, "company_id": document["_id"]})
