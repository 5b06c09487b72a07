"""The equipment of the companies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Database, Document, Session
from contracts.people import EquipmentRef
from services.clients.domain.equipment import Equipment
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.place import Place
from services.clients.domain.search import sort_key
from services.clients.store.aggregates import UNREAD, Aggregates
from services.clients.store.queries import all_words, by_name_after, found_page, found_some, in_companies

_MOST_ALIKE = 20


class EquipmentPieces(Aggregates[Equipment]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["equipment"], Equipment, session)
        self._turns = database["connection_turns"]

    async def prepare(self) -> None:
        await super().prepare()
        by_name = [("sort_name", ASCENDING), ("_id", ASCENDING)]
        await self.collection.create_index(by_name)
        await self.collection.create_index([("company_id", ASCENDING), ("kind", ASCENDING), *by_name])
        for whose in ("company_id", "person_id", "connected_to", "kind"):
            await self.collection.create_index([(whose, ASCENDING), *by_name])
        await self.collection.create_index([("search", ASCENDING)])
        await self.collection.create_index([("company_id", ASCENDING), ("marks", ASCENDING)])
        # Made here, for a transaction must not be the first to write there.
        await self._turns.create_index([("turn", ASCENDING)])

    def derived(self, it: Equipment) -> Document:
        return {"search": sorted(it.keys), "marks": sorted(it.marks), "sort_name": sort_key(it.name)}

    async def page(
        self, wanted: Wanted, position: Position | None
    ) -> tuple[list[Equipment], Position | None]:
        """In the order of their names, and where the next page begins."""
        query = _fitting(wanted)
        found, more = await found_page(self, query, by_name_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def some(self, wanted: Wanted) -> list[Equipment]:
        found = await found_some(self, _fitting(wanted), wanted.limit)
        return [self.restore(document) for document in found]

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Equipment]:
        found = await self.found({"_id": {"$in": list(keys)}}) if keys else []
        return {one["_id"]: self.restore(one) for one in found}

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, EquipmentRef]:
        if not (wanted := list(set(keys))):
            return {}
        found = await self.found({"_id": {"$in": wanted}}, {"name": 1}, is_inside=False)
        return {one["_id"]: EquipmentRef(id=one["_id"], name=one["name"]) for one in found}

    async def used_by(self, person: UUID) -> list[Equipment]:
        found = self.collection.find({"person_id": person}, UNREAD, session=self._session)
        return [self.restore(document) async for document in found]

    async def take_turn(self, company: UUID) -> None:
        """The write is what makes two such transactions collide."""
        await self._turns.update_one(
            {"_id": company}, {"$inc": {"turn": 1}}, upsert=True, session=self._session
        )

    async def places(self, company: UUID, most: int) -> list[Place]:
        """The fullest first; pieces without a place are left out."""
        groups = await self.collection.aggregate(
            [
                {"$match": {"company_id": company, "archived": False, "place": {"$gt": ""}}},
                {
                    "$group": {
                        "_id": "$place",
                        "kinds": {"$push": "$kind"},
                        "people": {"$addToSet": "$person_id"},
                    }
                },
                {"$sort": {"_id": ASCENDING}},
            ]
        )
        found = [_place(group) async for group in groups]
        return sorted(found, key=lambda place: -sum(place.kinds.values()))[:most]

    async def marked(self, company: UUID, marks: Iterable[str]) -> list[Equipment]:
        """Some of the company's that have one of these marks."""
        query = {"company_id": company, "marks": {"$in": list(marks)}, "archived": False}
        found = await self.collection.find(query, UNREAD, session=self._session).limit(_MOST_ALIKE).to_list()
        return [self.restore(document) for document in found]


def _place(group: Document) -> Place:
    people = [person for person in group["people"] if person]
    return Place(group["_id"], dict(Counter(group["kinds"]).most_common()), len(people))


def _fitting(wanted: Wanted) -> list[Document]:
    query = [{"archived": wanted.archived}, *in_companies("company_id", wanted), *all_words(wanted.words)]
    asked = {"person_id": wanted.person, "connected_to": wanted.equipment}
    query += [{field: key} for field, key in asked.items() if key]
    return [*query, {"kind": {"$in": list(wanted.kinds)}}] if wanted.kinds else query
