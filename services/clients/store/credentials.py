"""The credentials: open to search is where they lead, never what they are."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Database, Document, Session
from services.clients.domain.credential import Credential
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import sort_key
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.queries import all_words, by_name_after, found_page, found_some, in_companies


class Credentials(Aggregates[Credential]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["credentials"], Credential, session)

    async def prepare(self) -> None:
        await super().prepare()
        by_name = [("sort_name", ASCENDING), ("_id", ASCENDING)]
        await self.collection.create_index(by_name)
        for whose in ("company_id", "equipment_id", "person_id"):
            await self.collection.create_index([(whose, ASCENDING), *by_name])
        await self.collection.create_index([("search", ASCENDING)])

    def derived(self, it: Credential) -> Document:
        return {"search": sorted(it.keys), "sort_name": sort_key(it.label)}

    async def page(
        self, wanted: Wanted, position: Position | None
    ) -> tuple[list[Credential], Position | None]:
        """In the order of their labels, and where the next page begins."""
        query = _fitting(wanted)
        found, more = await found_page(self, query, by_name_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def some(self, wanted: Wanted) -> list[Credential]:
        found = await found_some(self, _fitting(wanted), wanted.limit)
        return [self.restore(document) for document in found]

    async def used_by(self, person: UUID) -> list[Credential]:
        found = self.collection.find({"person_id": person}, UNREAD, session=self._session)
        return [self.restore(document) async for document in found]

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Credential]:
        found = await self.found({"_id": {"$in": list(keys)}}) if keys else []
        return {one["_id"]: self.restore(one) for one in found}


def _fitting(wanted: Wanted) -> list[Document]:
    query = [{"archived": wanted.archived}, *in_companies("company_id", wanted), *all_words(wanted.words)]
    if wanted.equipment:
        query.append({"equipment_id": wanted.equipment})
    if wanted.person:
        query.append({"$or": [{"person_id": wanted.person}, {"equipment_id": {"$in": list(wanted.pieces)}}]})
    return query
