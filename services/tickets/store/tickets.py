"""The tickets: one document each, with its log and its unpublished events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pymongo import ASCENDING, DESCENDING, ReturnDocument, WriteConcern
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database, Document, Session, in_transaction, insert_each
from chassis.outbox import outbox_fields, with_outbox
from chassis.together import Together
from contracts.envelope import Event
from contracts.history import HistoryTold
from contracts.tickets import OPEN_STATUSES, Priority, Status, TicketEvent
from services.tickets.domain.alike import Candidate
from services.tickets.domain.beside import Around, Beside
from services.tickets.domain.board import Standing
from services.tickets.domain.errors import ConflictError, TicketNotFoundError
from services.tickets.domain.finding import sought
from services.tickets.domain.listing import Position, Wanted
from services.tickets.domain.plan import DEFAULT_PLAN_ID
from services.tickets.domain.sla import Timing
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.worked import Worked
from services.tickets.store.beside import beside
from services.tickets.store.categorised import (
    CategoryCounts,
    adopt,
    end_adopting,
    free_categories,
    prepare_categories,
    some_behind,
)
from services.tickets.store.counts import Counts
from services.tickets.store.documents import DEFAULT_ZONE, timing_of, to_document, to_ticket, to_view
from services.tickets.store.due import prepare_due
from services.tickets.store.histories import queue_histories, some_with_numbers
from services.tickets.store.queries import after, being_typed, position_of, query_of, sort_of
from services.tickets.store.rows import Rows
from services.tickets.store.standings import standings
from services.tickets.store.vocabulary import Vocabulary
from services.tickets.store.work import prepare_work, worked_in

_SOME = 20
# What is merged into one ticket and moves on with it; each of them has almost nothing left.
_MOST_POINTING = 1_000
_OPEN = [status.value for status in OPEN_STATUSES]
_UNUSUAL = [priority.value for priority in Priority if priority is not Priority.NORMAL]


class Tickets:
    def __init__(self, database: Database, zone: ZoneInfo = DEFAULT_ZONE) -> None:
        self.collection: Collection = database["tickets"]
        self._zone = zone
        self.vocabulary = Vocabulary(database)
        self._counts = Counts(self.collection, self.vocabulary)
        self._rows = Rows(self.collection)
        self._categorised = CategoryCounts(self.collection)
        # The number is safe without waiting for a majority: the ticket's insert comes later in the same
        # log, so it is durable only if the number is, and a number nobody got may be given again.
        self._counters = database.get_collection("counters", write_concern=WriteConcern(w=1))
        self._numbers = Together(self._next_numbers)
        self._adding = Together(partial(insert_each, self.collection))

    async def prepare(self) -> None:
        """Create the indexes; harmless where they are."""
        tickets = self.collection
        await tickets.create_index([("number", DESCENDING)], unique=True)
        await tickets.create_index([("submission_id", ASCENDING)], unique=True)
        await tickets.create_index([("status", ASCENDING), ("number", DESCENDING)])
        await tickets.create_index(
            [("status", ASCENDING), ("resolution_due", ASCENDING), ("number", ASCENDING)]
        )
        await tickets.create_index(
            [("assignee.id", ASCENDING), ("status", ASCENDING), ("number", DESCENDING)]
        )
        await tickets.create_index([("company.id", ASCENDING), ("number", DESCENDING)])
        await tickets.create_index(
            [("company.id", ASCENDING), ("status", ASCENDING)],
            name="open of a company",
            partialFilterExpression={"status": {"$in": _OPEN}},
        )
        await tickets.create_index(
            [("promise.plan.id", ASCENDING), ("promise.plan.version", ASCENDING)],
            partialFilterExpression={"status": {"$in": _OPEN}},
        )
        await tickets.create_index(
            [("promise.look_at", ASCENDING)], partialFilterExpression={"promise.look_at": {"$type": "date"}}
        )
        await tickets.create_index(
            [("updated_at", ASCENDING)],
            name="silent",
            partialFilterExpression={"status": Status.RESOLVED.value},
        )
        await tickets.create_index([("person.id", ASCENDING), ("number", DESCENDING)])
        await tickets.create_index([("updated_at", DESCENDING), ("number", DESCENDING)])
        await tickets.create_index([("mentioned", ASCENDING), ("updated_at", DESCENDING)], sparse=True)
        await tickets.create_index([("words", ASCENDING), ("number", DESCENDING)])
        # A new ticket is in neither: what most tickets are is found soon without an index.
        await tickets.create_index(
            [("category", ASCENDING), ("number", DESCENDING)],
            partialFilterExpression={"category": {"$gt": ""}},
        )
        await prepare_categories(tickets)
        await tickets.create_index(
            [("merged_into", ASCENDING)], partialFilterExpression={"merged_into": {"$gt": 0}}
        )
        await tickets.create_index(
            [("equipment.id", ASCENDING), ("number", DESCENDING)],
            partialFilterExpression={"equipment.id": {"$exists": True}},
        )
        await tickets.create_index(
            [("priority", ASCENDING), ("number", DESCENDING)],
            partialFilterExpression={"priority": {"$in": _UNUSUAL}},
        )
        await self._counters.update_one({"_id": "number"}, {"$setOnInsert": {"last": 0}}, upsert=True)
        await prepare_work(tickets, self._counters, self._zone)
        await prepare_due(tickets, self._counters)

    async def next_number(self) -> int:
        """One more than any before; a number taken and not used stays a gap."""
        return await self._numbers.of(None)

    async def _next_numbers(self, asked: Sequence[None]) -> list[int]:
        count = len(asked)
        counter: Document | None = await self._counters.find_one_and_update(
            {"_id": "number"}, {"$inc": {"last": count}}, upsert=True, return_document=ReturnDocument.AFTER
        )
        if counter is None:
            raise AssertionError("an upsert that returns what is after it always returns something")
        last = int(counter["last"])
        return list(range(last - count + 1, last + 1))

    async def add(self, ticket: Ticket, events: Sequence[Event]) -> bool:
        """Keep a new ticket with its events; False when its submission has a ticket already."""
        document = {
            "_id": ticket.id,
            **to_document(ticket, self._zone),
            **outbox_fields(events, ticket.registered_at),
        }
        await self.vocabulary.learn(document["words"])
        try:
            await self._adding.of(document)
        except DuplicateKeyError as error:
            if "submission_id" in (error.details or {}).get("keyPattern", {}):
                return False
            raise
        return True

    async def get(self, number: int) -> Ticket:
        """Raises TicketNotFoundError."""
        return self._found(await self.collection.find_one({"number": number}))

    async def company_of(self, number: int) -> UUID:
        """Raises TicketNotFoundError."""
        found = await self.collection.find_one({"number": number}, {"company.id": 1})
        if found is None:
            raise TicketNotFoundError
        company: UUID = found["company"]["id"]
        return company

    async def view(self, number: int, now: datetime) -> dict[str, Any]:
        """A TicketView as plain values; raises TicketNotFoundError."""
        return to_view(await self._viewed(number), now)

    async def desk(self, number: int, now: datetime) -> tuple[dict[str, Any], Timing]:
        """The view and what its clock is shown from, read at once; raises TicketNotFoundError."""
        document = await self._viewed(number)
        timing = timing_of(document)
        return to_view(document, now), timing

    async def _viewed(self, number: int) -> Document:
        document = await self.collection.find_one(
            {"number": number}, {"outbox": 0, "outbox_since": 0, "words": 0, "worked": 0, "to_learn": 0}
        )
        if document is None:
            raise TicketNotFoundError
        return document

    async def told_of(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        fields = {"_id": 0, "number": 1, "title": 1, "status": 1, "company.id": 1}
        return await self.collection.find({"number": {"$in": list(numbers)}}, fields).to_list()

    async def of_submission(self, submission_id: UUID) -> Ticket:
        """Raises TicketNotFoundError."""
        return self._found(await self.collection.find_one({"submission_id": submission_id}))

    @staticmethod
    def _found(document: Document | None) -> Ticket:
        if document is None:
            raise TicketNotFoundError
        return to_ticket(document)

    async def save(
        self, ticket: Ticket, events: Sequence[TicketEvent], *, session: Session | None = None
    ) -> None:
        """Keep a changed ticket with its events; raises ConflictError if somebody else changed it."""
        document = to_document(ticket, self._zone)
        await self.vocabulary.learn(document["words"])
        if any(change.field == "category" for event in events for change in event.changes):
            document["to_learn"] = True
        update = with_outbox({"$set": document}, events, ticket.updated_at)
        same = {"_id": ticket.id, "version": ticket.version - 1}
        if not (await self.collection.update_one(same, update, session=session)).matched_count:
            raise ConflictError

    async def save_both(self, *changed: tuple[Ticket, Sequence[TicketEvent]]) -> None:
        """Keep several changed tickets with their events, all or nothing; raises ConflictError."""

        async def write(session: Session) -> None:
            for ticket, events in changed:
                await self.save(ticket, events, session=session)

        await in_transaction(self.collection.database.client, write)

    async def rows(
        self, wanted: Wanted, position: Position | None, now: datetime
    ) -> tuple[list[orjson.Fragment], Position | None]:
        """A page of the list, each row as JSON, and where the next one begins."""
        typed = being_typed(wanted)
        query = query_of(wanted, await self.vocabulary.beginning_with(typed) if typed else None)
        if position:
            query = {"$and": [query, after(wanted, position)]}
        sort = sort_of(wanted)
        fields = {"version": 1, "number": 1, sort[0][0]: 1}
        found = await self.collection.find(query, fields).sort(sort).limit(wanted.limit + 1).to_list()
        page = found[: wanted.limit]
        more = position_of(wanted, page[-1]) if len(found) > wanted.limit else None
        if words := sought(wanted.text):
            return await self._rows.found(page, words, now), more
        return await self._rows.of(page, now), more

    async def beside(self, around: Around, now: datetime) -> Beside:
        return await beside(self.collection.database, self._rows, around, now)

    async def standings(self, companies: Sequence[UUID] | None, now: datetime) -> tuple[list[Standing], bool]:
        return await standings(self.collection, companies, now)

    async def rows_of(self, wanted: Sequence[tuple[UUID, int]], now: datetime) -> dict[UUID, orjson.Fragment]:
        return await self._rows.by_id(wanted, now)

    async def count(self, wanted: Wanted, most: int) -> int | None:
        """How many there are, up to `most`; None when that cannot be told soon enough."""
        return await self._counts.up_to(wanted, most)

    async def candidates(self, company: UUID, most: int) -> list[Candidate]:
        """The newest open tickets of a company, as much as is compared."""
        fields = dict.fromkeys(Candidate.model_fields, 1)
        open_ones = {"company.id": company, "status": {"$in": _OPEN}}
        found = self.collection.find(open_ones, fields).sort("number", DESCENDING).limit(most)
        return [Candidate.model_validate(document) async for document in found]

    async def merged_into(self, number: int) -> list[Ticket]:
        found = self.collection.find({"merged_into": number}).limit(_MOST_POINTING)
        return [to_ticket(document) async for document in found]

    async def some_of(self, person: UUID) -> list[Ticket]:
        return await self._some({"person.id": person})

    async def some_behind(self, category: UUID, path: str | None, after: int) -> list[Ticket]:
        return [to_ticket(document) for document in await some_behind(self.collection, category, path, after)]

    async def free_categories(self) -> list[str]:
        return await free_categories(self.collection, self._counters)

    async def adopt(self, text: str, category: UUID, path: str) -> None:
        await adopt(self.collection, text, category, path)

    async def end_adopting(self) -> None:
        await end_adopting(self._counters)

    async def categorised(self) -> dict[UUID, int] | None:
        return await self._categorised.all()

    async def worked_in(self, company: UUID, month: str) -> Worked:
        return await worked_in(self.collection, company, month)

    async def count_open(self) -> dict[str, int]:
        groups = await self.collection.aggregate(
            [{"$match": {"status": {"$in": _OPEN}}}, {"$group": {"_id": "$status", "count": {"$sum": 1}}}]
        )
        return {group["_id"]: group["count"] async for group in groups}

    async def open_after(self, company: UUID, number: int) -> list[Ticket]:
        later = {"company.id": company, "status": {"$in": _OPEN}, "number": {"$gt": number}}
        return await self._some(later, [("number", ASCENDING)])

    async def behind(self, plan: UUID, version: int) -> list[Ticket]:
        older = {"promise.plan.id": plan, "promise.plan.version": {"$lt": version}}
        found = await self._some({"status": {"$in": _OPEN}, **older})
        if not found and plan == DEFAULT_PLAN_ID:
            return await self._some({"status": {"$in": _OPEN}, "promise.plan.id": None})
        return found

    async def to_look_at(self, at: datetime) -> list[Ticket]:
        return await self._some({"promise.look_at": {"$lte": at}}, [("promise.look_at", ASCENDING)])

    async def silent_since(self, before: datetime) -> list[Ticket]:
        resolved = {"status": Status.RESOLVED.value, "updated_at": {"$lt": before}}
        return await self._some(resolved, [("updated_at", ASCENDING)])

    async def save_watched(self, ticket: Ticket, events: Sequence[TicketEvent]) -> bool:
        """Where nothing was told only what the look found is noted, and the version stays."""
        if events:
            await self.save(ticket, events)
            return True
        document = to_document(ticket, self._zone)
        noted = {"$set": {name: document[name] for name in ("promise", "missed")}}
        same = {"_id": ticket.id, "version": ticket.version}
        return (await self.collection.update_one(same, noted)).matched_count == 1

    async def some_after(self, number: int, last: int, limit: int) -> list[Ticket]:
        return await some_with_numbers(self.collection, {"$gt": number, "$lte": last}, {}, limit)

    async def some_changed_since(self, moment: datetime, number: int, limit: int) -> list[Ticket]:
        changed = {"updated_at": {"$gte": moment}}
        return await some_with_numbers(self.collection, {"$gt": number}, changed, limit)

    async def tell(self, histories: Sequence[HistoryTold], at: datetime) -> None:
        await queue_histories(self.collection, histories, at)

    async def count_waiting(self, most: int) -> int:
        return await self.collection.count_documents({"outbox_since": {"$exists": True}}, limit=most)

    async def _some(self, query: Document, sort: list[tuple[str, int]] | None = None) -> list[Ticket]:
        found = self.collection.find(query).limit(_SOME)
        return [to_ticket(document) async for document in (found.sort(sort) if sort else found)]

    async def open_of(self, companies: Sequence[UUID]) -> dict[UUID, int]:
        groups = await self.collection.aggregate(
            [
                {"$match": {"status": {"$in": _OPEN}, "company.id": {"$in": list(companies)}}},
                {"$group": {"_id": "$company.id", "count": {"$sum": 1}}},
            ]
        )
        return {group["_id"]: group["count"] async for group in groups}

    async def loads(self, staff: Sequence[UUID]) -> dict[UUID, int]:
        groups = await self.collection.aggregate(
            [
                {"$match": {"assignee.id": {"$in": list(staff)}, "status": {"$in": _OPEN}}},
                {"$group": {"_id": "$assignee.id", "count": {"$sum": 1}}},
            ]
        )
        return {group["_id"]: group["count"] async for group in groups}

    async def oldest_unassigned(self) -> datetime | None:
        found = await self.collection.find_one(
            {"assignee.id": None, "status": {"$in": _OPEN}}, {"received_at": 1}, sort=[("number", ASCENDING)]
        )
        return found["received_at"] if found else None

    async def count_due_before(self, moment: datetime) -> int:
        running = {"status": {"$in": ["new", "in_progress"]}, "resolution_due": {"$lt": moment}}
        return await self.collection.count_documents(running)
