"""What comes to an end, whichever collection it is in; and the mark that its end was said.

The mark (`telling`) is a field that saving the aggregate leaves alone, written by the very write that queues
the event: so each end is said once, by however many replicas.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Collection, Database, Document
from chassis.outbox import with_outbox
from contracts.terms import DaysBefore, LicenceExpiring, TermKind
from services.clients.domain.term import Ending, TermPosition, TermsWanted, news_of

_BATCH = 100
_TOMORROW = timedelta(days=1)


class _Source(NamedTuple):
    collection: Collection
    ends: str
    name: str

    def ending(self, kind: TermKind, document: Document) -> Ending:
        return Ending(
            kind=kind,
            id=document["_id"],
            version=document["version"],
            company_id=document["company_id"],
            name=document[self.name],
            ends_on=document[self.ends],
        )

    def within(self, first: date, last: date) -> Document:
        return {"archived": False, self.ends: {"$gte": first.isoformat(), "$lte": last.isoformat()}}

    def not_told(self, stage: DaysBefore) -> Document:
        """What was said of another day does not count: a term that was prolonged ends anew."""
        is_this_end = {"$eq": ["$telling.ends_on", f"${self.ends}"]}
        return {"$expr": {"$not": {"$and": [is_this_end, {"$lte": ["$telling.told", stage]}]}}}

    async def soonest(self, kind: TermKind, query: Sequence[Document], limit: int) -> list[Ending]:
        fields = {"version": 1, "company_id": 1, self.name: 1, self.ends: 1}
        found = self.collection.find({"$and": list(query)}, fields).sort([(self.ends, 1), ("_id", 1)])
        return [self.ending(kind, document) async for document in found.limit(limit)]


class Terms:
    def __init__(self, database: Database) -> None:
        self._companies = database["companies"]
        self._contracts = database["contracts"]
        self._sources: dict[TermKind, _Source] = {
            "licence": _Source(database["licences"], "valid_until", "product"),
            "contract": _Source(database["contracts"], "valid_to", "number"),
            "warranty": _Source(database["equipment"], "warranty_until", "name"),
        }

    async def prepare(self) -> None:
        for source in self._sources.values():
            await source.collection.create_index([(source.ends, ASCENDING), ("_id", ASCENDING)])

    async def page(
        self, wanted: TermsWanted, position: TermPosition | None
    ) -> tuple[list[Ending], TermPosition | None]:
        """Each collection gives its soonest, and these are merged."""
        whose = [await self._of_living_companies(), *_in_companies(wanted)]
        lists = []
        for kind in wanted.kinds:
            source = self._sources[kind]
            query = [source.within(wanted.first, wanted.last), *whose, *_after(source, position)]
            lists.append(await source.soonest(kind, query, wanted.limit + 1))
        merged = list(heapq.merge(*lists, key=lambda ending: (ending.ends_on, ending.id)))
        shown = merged[: wanted.limit]
        last = shown[-1] if len(merged) > wanted.limit else None
        more = TermPosition(ends_on=last.ends_on, id=last.id) if last else None
        return await self._really_ending(shown), more

    async def count(self, kind: TermKind, first: date, last: date) -> int:
        """As many as the list shows."""
        wanted = TermsWanted(kinds=(kind,), first=first, last=last, limit=200)
        counted, position = 0, None
        while True:
            found, position = await self.page(wanted, position)
            counted += len(found)
            if position is None:
                return counted

    async def untold(self, today: date, stage: DaysBefore) -> list[Ending]:
        living = await self._of_living_companies()
        first, last = news_of(today, stage)
        found: list[Ending] = []
        for kind, source in self._sources.items():
            query = [source.within(first, last), living, source.not_told(stage)]
            found += await source.soonest(kind, query, _BATCH)
        return found

    async def tell(
        self, ending: Ending, stage: DaysBefore, event: LicenceExpiring | None, at: datetime
    ) -> bool:
        source, ends_on = self._sources[ending.kind], ending.ends_on.isoformat()
        still = {"_id": ending.id, "archived": False, source.ends: ends_on, **source.not_told(stage)}
        mark = {"$set": {"telling": {"ends_on": ends_on, "told": stage}}}
        update = with_outbox(mark, [event] if event else [], at)
        return (await source.collection.update_one(still, update)).matched_count == 1

    async def _of_living_companies(self) -> Document:
        archived = await self._companies.distinct("_id", {"archived": True})
        return {"company_id": {"$nin": archived}}

    async def _really_ending(self, endings: list[Ending]) -> list[Ending]:
        """Without the contracts that another one follows the next day."""
        next_days = [
            {"company_id": one.company_id, "valid_from": (one.ends_on + _TOMORROW).isoformat()}
            for one in endings
            if one.kind == "contract"
        ]
        if not next_days:
            return endings
        following = self._contracts.find(
            {"archived": False, "$or": next_days}, {"company_id": 1, "valid_from": 1}
        )
        followed = {(one["company_id"], one["valid_from"]) async for one in following}
        return [
            one
            for one in endings
            if one.kind != "contract"
            or (one.company_id, (one.ends_on + _TOMORROW).isoformat()) not in followed
        ]


def _in_companies(wanted: TermsWanted) -> list[Document]:
    asked: list[UUID] | None = [wanted.company] if wanted.company else None
    allowed = None if wanted.companies is None else list(wanted.companies)
    return [{"company_id": {"$in": companies}} for companies in (asked, allowed) if companies is not None]


def _after(source: _Source, position: TermPosition | None) -> list[Document]:
    if position is None:
        return []
    day = position.ends_on.isoformat()
    return [{"$or": [{source.ends: {"$gt": day}}, {source.ends: day, "_id": {"$gt": position.id}}]}]
