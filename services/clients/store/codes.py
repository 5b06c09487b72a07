"""The enrolment codes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document, Session
from services.clients.domain.code import Code
from services.clients.domain.creation import Creation
from services.clients.domain.errors import NotInRegistryError, TakenError
from services.clients.store.creations import creation_fields, find_made, prepare_creations, why_duplicate

_MOST_SHOWN = 500


class Codes:
    def __init__(self, database: Database, session: Session | None = None) -> None:
        self.collection = database["codes"]
        self._session = session

    async def prepare(self) -> None:
        await prepare_creations(self.collection)
        await self.collection.create_index([("company_id", ASCENDING), ("created_at", DESCENDING)])

    async def get(self, key: str) -> Code:
        """Raises NotInRegistryError."""
        found = await self.collection.find_one({"_id": key}, session=self._session)
        if found is None:
            raise NotInRegistryError
        return _restore(found)

    async def made_by(self, creation: Creation) -> Code | None:
        made = await find_made(self.collection, creation, self._session)
        return _restore(made) if made else None

    async def add(self, code: Code, creation: Creation | None = None) -> None:
        document = {"_id": code.key, **code.model_dump(exclude={"key"}), **creation_fields(creation)}
        try:
            await self.collection.insert_one(document, session=self._session)
        except DuplicateKeyError as error:
            taken = TakenError("code", "this code is taken; choose another")
            raise why_duplicate(error, taken) from error

    async def of_company(self, company: UUID) -> list[Code]:
        found = self.collection.find({"company_id": company}).sort("created_at", DESCENDING)
        return [_restore(document) async for document in found.limit(_MOST_SHOWN)]

    async def count_use(self, code: Code) -> None:
        await self.collection.update_one({"_id": code.key}, {"$inc": {"uses": 1}}, session=self._session)

    async def withdraw(self, code: Code, at: datetime) -> None:
        await self.collection.update_one(
            {"_id": code.key, "withdrawn_at": None}, {"$set": {"withdrawn_at": at}}, session=self._session
        )


def _restore(document: Document) -> Code:
    return Code.model_validate({**document, "key": document["_id"]})
