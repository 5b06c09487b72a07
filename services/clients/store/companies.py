"""The companies."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pymongo import ASCENDING, ReturnDocument

from chassis.mongo import Database, Document, Session
from contracts.people import CompanyRef
from services.clients.domain.company import Company
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import name_keys, sort_key
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.behind import find_behind, mark_caught_up, prepare_behind
from services.clients.store.queries import all_words, by_name_after, found_page, found_some


class Companies(Aggregates[Company]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["companies"], Company, session)

    async def prepare(self) -> None:
        await super().prepare()
        await prepare_behind(self.collection)
        await self.collection.create_index([("sort_name", ASCENDING), ("_id", ASCENDING)])
        await self.collection.create_index([("search", ASCENDING)])
        await self.collection.create_index([("tax_id", ASCENDING)])

    def derived(self, it: Company) -> Document:
        keys = name_keys(it.name) | name_keys(it.short_name) | name_keys(it.tax_id)
        return {"search": sorted(keys), "sort_name": sort_key(it.name)}

    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Company], Position | None]:
        """In the order of their names, and where the next page begins."""
        query = _fitting(wanted)
        found, more = await found_page(self, query, by_name_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def some(self, wanted: Wanted) -> list[Company]:
        found = await found_some(self, _fitting(wanted), wanted.limit)
        return [self.restore(document) for document in found]

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, CompanyRef]:
        if not (wanted := list(set(keys))):
            return {}
        found = await self.found({"_id": {"$in": wanted}}, {"name": 1}, is_inside=False)
        return {one["_id"]: CompanyRef(id=one["_id"], name=one["name"]) for one in found}

    async def is_empty(self) -> bool:
        return await self.collection.find_one({}, {"_id": 1}, session=self._session) is None

    async def behind(self) -> list[Company]:
        return await find_behind(self)

    async def caught_up(self, company: Company) -> None:
        await mark_caught_up(self, company)

    async def enrolling(self, key: UUID) -> Company:
        """The write is what makes a concurrent change collide with this transaction."""
        found = await self.collection.find_one_and_update(
            {"_id": key},
            {"$inc": {"enrolments": 1}},
            UNREAD,
            return_document=ReturnDocument.AFTER,
            session=self._session,
        )
        if found is None:
            raise NotInRegistryError
        return self.restore(found)


def _fitting(wanted: Wanted) -> list[Document]:
    query: list[Document] = [{"archived": wanted.archived}, *all_words(wanted.words)]
    if wanted.companies is not None:
        query.append({"_id": {"$in": list(wanted.companies)}})
    return query
