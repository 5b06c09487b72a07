"""The people of the companies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from pymongo import ASCENDING, ReturnDocument

from chassis.mongo import Database, Document, Session
from contracts.people import PersonRef
from services.clients.domain.errors import NotInRegistryError, TakenError
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.person import Person
from services.clients.domain.search import email_keys, name_keys, phone_keys, sort_key
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.behind import find_behind, mark_caught_up, prepare_behind
from services.clients.store.queries import all_words, by_name_after, found_page, found_some, in_companies


class People(Aggregates[Person]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["people"], Person, session)

    async def prepare(self) -> None:
        await super().prepare()
        await prepare_behind(self.collection)
        await self.collection.create_index(
            [("company_id", ASCENDING), ("recognised_by", ASCENDING)],
            unique=True,
            partialFilterExpression={"recognised_by": {"$type": "string"}},
        )
        await self.collection.create_index([("sort_name", ASCENDING), ("_id", ASCENDING)])
        await self.collection.create_index(
            [("company_id", ASCENDING), ("sort_name", ASCENDING), ("_id", ASCENDING)]
        )
        await self.collection.create_index([("search", ASCENDING)])
        await self.collection.create_index(
            [("merged_into", ASCENDING)], partialFilterExpression={"merged_into": {"$type": "binData"}}
        )

    def taken(self) -> TakenError:
        return TakenError("email", "another person of this company has it")

    def derived(self, it: Person) -> Document:
        keys = name_keys(it.full_name) | email_keys(it.email) | phone_keys(it.phone)
        return {
            "search": sorted(keys),
            "sort_name": sort_key(it.full_name),
            "recognised_by": it.recognised_by,
        }

    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Person], Position | None]:
        """In the order of their names, and where the next page begins."""
        query = _fitting(wanted)
        found, more = await found_page(self, query, by_name_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def some(self, wanted: Wanted) -> list[Person]:
        found = await found_some(self, _fitting(wanted), wanted.limit)
        return [self.restore(document) for document in found]

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Person]:
        found = self.collection.find({"_id": {"$in": list(keys)}}, UNREAD)
        return {one["_id"]: self.restore(one) async for one in found}

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, PersonRef]:
        if not (wanted := list(set(keys))):
            return {}
        found = await self.found({"_id": {"$in": wanted}}, {"full_name": 1}, is_inside=False)
        return {one["_id"]: PersonRef(id=one["_id"], full_name=one["full_name"]) for one in found}

    async def behind(self) -> list[Person]:
        return await find_behind(self)

    async def caught_up(self, person: Person) -> None:
        await mark_caught_up(self, person)

    async def held(self, key: UUID) -> Person:
        """The write is what makes a concurrent change of them collide with this transaction."""
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

    async def merged_into(self, key: UUID) -> list[Person]:
        # Said with its type: else MongoDB would not see that the partial index holds it.
        twins = {"merged_into": {"$eq": key, "$type": "binData"}}
        found = self.collection.find(twins, UNREAD, session=self._session)
        return [self.restore(document) async for document in found]

    async def enrolling(self, company: UUID, recognised_by: str) -> Person | None:
        """The write is what makes a concurrent change collide with this transaction."""
        found = await self.collection.find_one_and_update(
            {"company_id": company, "recognised_by": {"$eq": recognised_by, "$type": "string"}},
            {"$inc": {"enrolments": 1}},
            UNREAD,
            return_document=ReturnDocument.AFTER,
            session=self._session,
        )
        return self.restore(found) if found else None


def _fitting(wanted: Wanted) -> list[Document]:
    return [{"archived": wanted.archived}, *in_companies("company_id", wanted), *all_words(wanted.words)]
