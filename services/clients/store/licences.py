"""The licences."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Database, Document, Session
from services.clients.domain.licence import Licence
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import name_keys, sort_key
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.queries import all_words, by_name_after, found_page, in_companies


class Licences(Aggregates[Licence]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["licences"], Licence, session)

    async def prepare(self) -> None:
        await super().prepare()
        by_name = [("sort_name", ASCENDING), ("_id", ASCENDING)]
        await self.collection.create_index(by_name)
        for whose in ("company_id", "people", "equipment"):
            await self.collection.create_index([(whose, ASCENDING), *by_name])
        await self.collection.create_index([("search", ASCENDING)])

    def derived(self, it: Licence) -> Document:
        keys = name_keys(it.product) | name_keys(it.vendor)
        return {"search": sorted(keys), "sort_name": sort_key(it.product)}

    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Licence], Position | None]:
        """In the order of their products, and where the next page begins."""
        query = [{"archived": wanted.archived}, *in_companies("company_id", wanted), *all_words(wanted.words)]
        query += _used_by(wanted)
        found, more = await found_page(self, query, by_name_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def used_by(self, person: UUID) -> list[Licence]:
        found = self.collection.find({"people": person}, UNREAD, session=self._session)
        return [self.restore(document) async for document in found]

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Licence]:
        found = await self.found({"_id": {"$in": list(keys)}}) if keys else []
        return {one["_id"]: self.restore(one) for one in found}


def _used_by(wanted: Wanted) -> list[Document]:
    users: dict[str, UUID | None] = {"people": wanted.person, "equipment": wanted.equipment}
    return [{field: user} for field, user in users.items() if user]
