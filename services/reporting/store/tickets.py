"""The tickets of one generation, and the cells that are kept in step with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Collection as Keys
from datetime import date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from chassis.clock import now
from chassis.mongo import Client, Collection, Database, Document, Session, in_transaction, insert_each
from chassis.together import Together
from contracts.reports_http import TicketLine
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import (
    Cause,
    Contributions,
    contributions,
    difference,
    total_of,
)
from services.reporting.domain.facts import Done, Facts
from services.reporting.domain.figures import Figures
from services.reporting.domain.lines import Position, Wanted, line_of
from services.reporting.domain.projection import Known
from services.reporting.domain.reports.articles import Solved
from services.reporting.domain.reports.backlog import Flow, OpenGroup
from services.reporting.domain.reports.categories import Example, Worst
from services.reporting.domain.span import Steps
from services.reporting.domain.storage import By
from services.reporting.store.causes import examples_of, repeated_of
from services.reporting.store.cells import Cells
from services.reporting.store.documents import (
    days_of_work,
    to_document,
    to_facts,
    to_known,
)
from services.reporting.store.handled import BY_CATEGORY, seen_of, solved_of, spread_of
from services.reporting.store.opened import open_groups
from services.reporting.store.queries import (
    BY_TIME,
    CARRIED,
    SOME_TIME,
    limited,
    order_of,
    position_of,
    stages,
    when,
)

_INDEXES = (
    ("facts.day", "number"),
    ("facts.company", "facts.day", "number"),
    ("facts.staff", "facts.day", "number"),
    ("categories", "facts.day", "number"),
    ("facts.company", "facts.category", "facts.equipment", "facts.day", "number", "facts.status"),
    ("facts.ended", "facts.company"),
    ("facts.company", "days"),
    ("days",),
    ("performers", "last"),
    ("number",),
)


class Tickets:
    def __init__(self, client: Client, database: Database, zone: ZoneInfo, generation: int) -> None:
        self.collection: Collection = database[f"tickets_{generation}"]
        self._cells = Cells(database, generation)
        self._client = client
        self._zone = zone
        self._read = Together(self._find)
        self._adding = Together(partial(insert_each, self.collection))

    async def prepare(self) -> None:
        for fields in _INDEXES:
            await self.collection.create_index([(field, ASCENDING) for field in fields])
        await self.collection.create_index(
            [("last", ASCENDING), ("first", ASCENDING)], partialFilterExpression={"multi": True}
        )
        for carried in CARRIED:
            await self.collection.create_index(carried)
        for timed in BY_TIME:
            await self.collection.create_index(timed, partialFilterExpression={timed[0][0]: SOME_TIME})
        await self.collection.create_index(BY_CATEGORY)
        await self.collection.create_index([("changed_at", ASCENDING)], sparse=True)
        await self._cells.prepare()

    async def change(self, key: UUID, deed: Callable[[Known], bool]) -> Known:
        while True:
            document = await self._read.of(key)
            known = to_known(document) if document else Known(id=key)
            if not deed(known) or await self._save(known, is_new=document is None):
                return known

    async def _find(self, keys: Sequence[UUID]) -> list[Document | None]:
        asked = self.collection.find({"_id": {"$in": list(set(keys))}}, {"facts": 0, "counted": 0})
        found = {one["_id"]: one async for one in asked}
        return [found.get(key) for key in keys]

    async def _save(self, known: Known, *, is_new: bool) -> bool:
        document = to_document(known, self._zone, now())
        if is_new:
            try:
                await self._adding.of({"_id": known.id, **document})
            except DuplicateKeyError:
                return False
            return True
        same = {"_id": known.id, "revision": known.revision}
        return (await self.collection.update_one(same, {"$set": document})).matched_count == 1

    async def fold(self, limit: int) -> int:
        return await in_transaction(self._client, lambda session: self._fold(limit, session))

    async def _fold(self, limit: int, session: Session) -> int:
        """In one snapshot: whoever saves one of these tickets meanwhile makes all of it begin anew."""
        fields = {"facts": 1, "counted": 1}
        waiting = self.collection.find({"changed_at": {"$exists": True}}, fields, session=session)
        found = await waiting.sort("changed_at", ASCENDING).limit(limit).to_list()
        if not found:
            return 0
        await self._cells.add(total_of(map(_missing, found)), session)
        counted = [
            UpdateOne({"_id": one["_id"]}, {"$set": {"counted": one["facts"]}, "$unset": {"changed_at": 1}})
            for one in found
        ]
        await self.collection.bulk_write(counted, ordered=False, session=session)
        return len(found)

    async def changed_since(self) -> datetime | None:
        waiting = {"changed_at": {"$exists": True}}
        found = await self.collection.find_one(waiting, {"changed_at": 1}, sort=[("changed_at", ASCENDING)])
        return found["changed_at"] if found else None

    async def count_told(self, last: int) -> int:
        return await self.collection.count_documents({"number": {"$lte": last}, "complete": {"$gt": 0}})

    async def figures(self, asked: Asked, scope: str, parts: Sequence[str]) -> Figures:
        return await self._cells.figures(asked.span, scope, parts)

    async def trend(self, steps: Steps, scope: str, paths: Sequence[str]) -> list[Figures]:
        return await self._cells.trend(steps, scope, paths)

    async def flows(self, scope: str, first: date, last: date) -> dict[str, Flow]:
        return await self._cells.flows(scope, first, last)

    async def facts(self, asked: Asked, by: By) -> list[Facts]:
        query = {**limited(asked, is_of_work=by == "worked"), **when(by, asked.span)}
        return await self._facts(query)

    async def across(self, asked: Asked) -> list[list[Done]]:
        first = asked.span.first.isoformat()
        spread = {"multi": True, "last": {"$gte": first}, "first": {"$lt": first}}
        query = {**limited(asked, is_of_work=True), **spread}
        found = self.collection.find(query, {"_id": 0, "facts.work": 1})
        return [[Done(*done) for done in document["facts"]["work"]] async for document in found]

    async def _facts(self, query: Document) -> list[Facts]:
        found = self.collection.find(query, {"_id": 0, "facts": 1})
        return [facts async for document in found if (facts := to_facts(document["facts"]))]

    async def repeated(self, asked: Asked, threshold: int) -> Worst:
        return await repeated_of(self._cells.causes, asked, threshold)

    async def examples(self, asked: Asked, causes: Iterable[Cause]) -> list[Example]:
        return await examples_of(self.collection, asked, causes)

    async def open_groups(self, asked: Asked, at: datetime) -> list[OpenGroup]:
        return await open_groups(self.collection, asked, at)

    async def seen(self, asked: Asked, numbers: Keys[int]) -> set[int]:
        return await seen_of(self.collection, asked, numbers)

    async def solved(self, asked: Asked, numbers: Keys[int]) -> dict[int, Solved]:
        return await solved_of(self.collection, asked, numbers)

    async def spread(self, asked: Asked, categories: Keys[str]) -> dict[str, Counter[int]]:
        return await spread_of(self.collection, asked, categories)

    async def lines(
        self, wanted: Wanted, position: Position | None, limit: int
    ) -> tuple[list[TicketLine], Position | None]:
        page: list[Document] = []
        for query, hint in stages(wanted, position):
            found = self.collection.find(query, {"counted": 0}, hint=hint).sort(order_of(wanted))
            page += await found.limit(limit + 1 - len(page)).to_list()
            if len(page) > limit:
                break
        more = position_of(page[limit - 1], wanted) if len(page) > limit else None
        known = [to_known(document) for document in page[:limit]]
        return [line_of(one, wanted, days_of_work(one, self._zone)) for one in known], more


def _missing(document: Document) -> Contributions:
    """What the cells lack of a ticket since it was last counted."""
    before = contributions(to_facts(document.get("counted")))
    return difference(contributions(to_facts(document["facts"])), before)
