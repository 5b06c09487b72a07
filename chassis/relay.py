"""Publishes what waits in the outboxes, in order for each document, and removes it once confirmed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from pymongo import ASCENDING, UpdateOne
from pymongo.errors import PyMongoError

from chassis.broker import NotConfirmedError, Publisher
from chassis.lease import LIFETIME_SECONDS, Lease
from chassis.mongo import Collection, Document, heed_cancellation
from chassis.outbox import ensure_outbox_index
from chassis.wakeup import Wakeup

_log = structlog.get_logger(__name__)

_BATCH = 200
_LOOK_EVERY_SECONDS = 1.0
# Under load a relay rests between batches, so that they grow: a batch costs nearly the same for one document
# as for ten. Documents that come one by one never wait.
_REST, _LONGEST_REST_SECONDS = 5, 0.1
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.2, 5.0
_WITH_OUTBOX: Document = {
    "$or": [
        {"operationType": {"$in": ["insert", "replace"]}},
        {"updateDescription.updatedFields.outbox_since": {"$exists": True}},
    ]
}


class Relay:
    """The outboxes of one collection; of a service's replicas only the lease's holder relays."""

    def __init__(
        self, collection: Collection, publisher: Publisher, lease: Lease, is_heard: Callable[[str], bool]
    ) -> None:
        self._collection = collection
        self._publisher = publisher
        self._lease = lease
        self._is_heard = is_heard
        self._wakeup = Wakeup(collection, _WITH_OUTBOX, self._may_others_write)

    def wake(self) -> None:
        """This process wrote something."""
        self._wakeup.tell()

    def _may_others_write(self) -> bool:
        """What only this process writes it hears of by itself."""
        return self._lease.is_held and self._lease.is_wanted_by_others

    async def prepare(self) -> None:
        await ensure_outbox_index(self._collection)
        await self._lease.prepare()

    async def run(self) -> None:
        """Relay until cancelled; every outage is waited out with growing pauses."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._wakeup.run())
            tasks.create_task(self._keep_lease())
            tasks.create_task(self._relay())

    async def stop(self) -> None:
        """Hand over to the next replica; what is not confirmed stays in the outbox."""
        with contextlib.suppress(PyMongoError):
            await self._lease.release()

    async def _keep_lease(self) -> None:
        while True:
            try:
                await self._lease.acquire()
            except PyMongoError as error:
                _log.warning("lease not renewed", collection=self._collection.name, error=str(error)[:200])
            heed_cancellation()
            await asyncio.sleep(LIFETIME_SECONDS / 4 if self._lease.is_held else LIFETIME_SECONDS / 8)

    async def _relay(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            heed_cancellation()
            self._wakeup.clear()
            began = time.monotonic()
            try:
                sent = await self.drain() if self._lease.is_held else 0
                pause = _FIRST_PAUSE_SECONDS
            except (NotConfirmedError, PyMongoError) as error:
                _log.warning("relay waits", collection=self._collection.name, error=str(error), pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
                continue
            if not sent:
                await self._wakeup.for_any(_LOOK_EVERY_SECONDS)
            elif sent > 1:
                await asyncio.sleep(min(_REST * (time.monotonic() - began), _LONGEST_REST_SECONDS))

    async def drain(self) -> int:
        """Publish one batch of documents' events; returns how many documents had some.

        Raises NotConfirmedError when an event was not confirmed: it stays, and what was confirmed is marked.
        """
        cursor = self._collection.find({"outbox_since": {"$exists": True}}, {"outbox": 1})
        waiting = await cursor.sort("outbox_since", ASCENDING).limit(_BATCH).to_list()
        if not waiting:
            return 0
        published = await asyncio.gather(*(self._publish_in_order(document) for document in waiting))
        marks = [
            _mark(document["_id"], ids) for document, (ids, _) in zip(waiting, published, strict=True) if ids
        ]
        if marks:
            await self._collection.bulk_write(marks, ordered=False)
        failures = [failure for _, failure in published if failure]
        if failures:
            raise failures[0]
        return len(waiting)

    async def _publish_in_order(self, document: Document) -> tuple[list[Any], NotConfirmedError | None]:
        """A failed event holds back the later ones of the same document, and of no other."""
        confirmed: list[Any] = []
        for pending in document["outbox"]:
            try:
                await self._publisher.publish_event(
                    pending["body"],
                    event_id=pending["id"],
                    event_type=pending["type"],
                    traceparent=pending["traceparent"],
                    must_be_heard=self._is_heard(pending["type"]),
                )
            except NotConfirmedError as failure:
                return confirmed, failure
            confirmed.append(pending["id"])
        return confirmed, None

    async def backlog(self) -> tuple[int, float]:
        """How many documents wait, and for how many seconds the oldest has."""
        count = await self._collection.count_documents({"outbox_since": {"$exists": True}}, limit=10_000)
        oldest = await self._collection.find_one(
            {"outbox_since": {"$exists": True}}, {"outbox_since": 1}, sort=[("outbox_since", ASCENDING)]
        )
        age = (datetime.now(UTC) - oldest["outbox_since"]).total_seconds() if oldest else 0.0
        return count, max(age, 0.0)


def _mark(key: Any, published: list[Any]) -> UpdateOne:
    """Remove what was published; `outbox_since` goes when nothing is left, else it keeps its place."""
    left = {"$filter": {"input": "$outbox", "cond": {"$not": {"$in": ["$$this.id", published]}}}}
    since = {"$cond": [{"$eq": ["$outbox", []]}, "$$REMOVE", "$outbox_since"]}
    return UpdateOne({"_id": key}, [{"$set": {"outbox": left}}, {"$set": {"outbox_since": since}}])
