"""The enrolled devices."""

from __future__ import annotations

from uuid import UUID

from pymongo import ASCENDING, DESCENDING

from chassis.mongo import Database, Document, Session
from services.clients.domain.device import Device
from services.clients.domain.listing import Position, Wanted
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.queries import found_page, in_companies, newest_after

_BATCH = 50


class Devices(Aggregates[Device]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["devices"], Device, session)

    async def prepare(self) -> None:
        await super().prepare()
        await self.collection.create_index([("company.id", ASCENDING), ("_id", DESCENDING)])
        await self.collection.create_index([("person.id", ASCENDING), ("_id", DESCENDING)])
        await self.collection.create_index([("confirmed", ASCENDING), ("_id", DESCENDING)])
        await self.collection.create_index([("token_hash", ASCENDING)], unique=True)

    def derived(self, it: Device) -> Document:
        return {}

    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Device], Position | None]:
        """The newest first, and where the next page begins; `archived` means revoked here."""
        query = [{"revoked": wanted.archived}, *in_companies("company.id", wanted)]
        if wanted.person:
            query.append({"person.id": wanted.person})
        if wanted.confirmed is not None:
            query.append({"confirmed": wanted.confirmed})
        found, more = await found_page(self, query, newest_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def of_company(self, company: UUID, after: UUID | None) -> list[Device]:
        return await self._batch({"company.id": company}, after)

    async def of_person(self, person: UUID, after: UUID | None) -> list[Device]:
        return await self._batch({"person.id": person}, after)

    async def _batch(self, whose: Document, after: UUID | None) -> list[Device]:
        query = {**whose, "revoked": False, **({"_id": {"$gt": after}} if after else {})}
        found = self.collection.find(query, UNREAD, session=self._session)
        devices = await found.sort("_id", ASCENDING).limit(_BATCH).to_list()
        return [self.restore(document) for document in devices]
