"""How companies, people and devices are kept alike: one document each, with its unpublished events.

The entry of its history is in the same write, too (trails.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from chassis.finding import Find, find
from chassis.mongo import Collection, Document, Session
from chassis.outbox import outbox_fields, with_outbox
from chassis.together import Together
from contracts.envelope import Event
from contracts.history_http import HistoryEntry
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.creation import Creation
from services.clients.domain.errors import ConflictError, NotInRegistryError, TakenError
from services.clients.store.creations import creation_fields, find_made, prepare_creations, why_duplicate
from services.clients.store.recent import Recent
from services.clients.store.trails import entries_of, prepare_trail, trail_fields, with_entry
from services.clients.store.words import Words

AggregateT = TypeVar("AggregateT", bound=Aggregate)

# Derived for the indexes, or nobody's but the relay's.
UNREAD = {"outbox": 0, "outbox_since": 0, "search": 0, "creation": 0, "trail": 0, "trail_since": 0}

# More than one is too many already for who asks.
_FEW = 5
_TYPE: dict[type, Document] = {str: {"$type": "string"}}


class Aggregates(Generic[AggregateT]):
    """With a session, everything happens in that session's transaction."""

    def __init__(
        self, collection: Collection, kind: type[AggregateT], session: Session | None = None
    ) -> None:
        self.collection = collection
        self.words = Words(collection.database)
        self.recent = Recent()
        self.finding: Together[Find, list[Document]] | None = None
        self._kind = kind
        self._session = session

    async def prepare(self) -> None:
        """Create the indexes; harmless where they are."""
        await prepare_creations(self.collection)
        await prepare_trail(self.collection)

    def taken(self) -> TakenError:
        """What it means that another one is in the way."""
        return TakenError("id", "it exists already")

    def derived(self, it: AggregateT) -> Document:
        """Fields that only queries use."""
        raise NotImplementedError

    async def found(
        self,
        query: Document,
        fields: Mapping[str, Any] = UNREAD,
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int = 0,
        is_inside: bool = True,
    ) -> list[Document]:
        """Asked by itself, or together with whatever else is asked at this moment (Registry.at_once).

        Of a session only one thing is asked at a time: what may be asked beside others is not `is_inside` it.
        """
        if self.finding:
            return await self.finding.of(find(self.collection.name, query, fields, sort=sort, limit=limit))
        session = self._session if is_inside else None
        asked = self.collection.find(query, fields, session=session).limit(limit)
        return await (asked.sort(list(sort)) if sort else asked).to_list()

    async def get(self, key: UUID) -> AggregateT:
        """Raises NotInRegistryError."""
        for found in await self.found({"_id": key}):
            return self.restore(found)
        raise NotInRegistryError

    async def having(self, values: Mapping[str, Any], *ways: Mapping[str, Any]) -> list[AggregateT]:
        """Some of those that are not archived and have exactly these values, in one of these ways.

        The fields of each way, together with the values, must begin an index.
        """
        query: Document = {"archived": False, "$or": [_exactly({**values, **way}) for way in ways or [{}]]}
        found = await self.collection.find(query, UNREAD, session=self._session).limit(_FEW).to_list()
        return [self.restore(document) for document in found]

    async def made_by(self, creation: Creation) -> AggregateT | None:
        """What this key made before; raises KeyReusedError if it was something else."""
        made = await find_made(self.collection, creation, self._session)
        return self.restore(made) if made else None

    async def add(self, it: AggregateT, events: Sequence[Event], creation: Creation | None = None) -> None:
        """Keep a new one with its events; raises MadeBeforeError, TakenError."""
        document = {
            "_id": it.id,
            **await self._document(it),
            **creation_fields(creation),
            **outbox_fields(events, it.updated_at),
            **trail_fields(it.take_entry()),
        }
        try:
            await self.collection.insert_one(document, session=self._session)
            self.recent.drop()
        except DuplicateKeyError as error:
            raise why_duplicate(error, self.taken()) from error

    async def save(self, it: AggregateT, events: Sequence[Event]) -> None:
        """Keep a changed one with its events; raises ConflictError if somebody else did, TakenError."""
        before = {"_id": it.id, "version": it.version - 1}
        update = with_entry({"$set": await self._document(it)}, it.take_entry())
        update = with_outbox(update, events, it.updated_at)
        try:
            result = await self.collection.update_one(before, update, session=self._session)
        except DuplicateKeyError as error:
            raise self.taken() from error
        self.recent.drop()
        if not result.matched_count:
            raise ConflictError

    async def all_after(self, key: UUID | None, limit: int) -> list[AggregateT]:
        """A batch in the order of ids, archived ones too."""
        query = {"_id": {"$gt": key}} if key else {}
        found = await self.collection.find(query, UNREAD).sort("_id", ASCENDING).limit(limit).to_list()
        return [self.restore(document) for document in found]

    async def announce(self, said: Sequence[tuple[AggregateT, Sequence[Event]]], at: datetime) -> None:
        """Queue events of how things stand, with the fields of the indexes as they are derived by now.

        What has changed since has another version, and has said so itself.
        """
        updates = []
        for it, events in said:
            derived = self.derived(it)
            await self.words.learn(derived.get("search", ()))
            update = with_outbox({"$set": derived} if derived else {}, events, at)
            updates.append(UpdateOne({"_id": it.id, "version": it.version}, update))
        await self.collection.bulk_write(updates, ordered=False)

    async def history(self, key: UUID, before: int | None, limit: int) -> list[HistoryEntry]:
        """The newest first, of versions below `before`."""
        return await entries_of(self.collection, key, before, limit)

    def restore(self, document: Document) -> AggregateT:
        return self._kind.model_validate({**document, "id": document["_id"]})

    async def _document(self, it: AggregateT) -> Document:
        derived = self.derived(it)
        await self.words.learn(derived.get("search", ()))
        return {**it.model_dump(exclude={"id"}), **derived}


def _exactly(values: Mapping[str, Any]) -> Document:
    """Said with its type: else MongoDB would not see that a partial index of strings holds it."""
    return {field: {"$eq": value, **_TYPE.get(type(value), {})} for field, value in values.items()}
