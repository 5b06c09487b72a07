"""Tells waiters that a document changed, within milliseconds, whichever replica wrote it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

import structlog
from pymongo.errors import PyMongoError

from chassis.mongo import Collection, Document, heed_cancellation

_log = structlog.get_logger(__name__)
_PAUSE_AFTER_FAILURE_SECONDS = 1.0


class Wakeup:
    """A change stream on one collection; it may miss a change, so whoever waits also looks now and then."""

    def __init__(self, collection: Collection, match: Document) -> None:
        self._collection = collection
        self._pipeline = [{"$match": match}, {"$project": {"documentKey": 1}}]
        self._any = asyncio.Event()
        self._waiting: dict[Any, set[asyncio.Event]] = defaultdict(set)

    async def run(self) -> None:
        """Watch until cancelled, through every outage."""
        while True:
            try:
                async with await self._collection.watch(self._pipeline, max_await_time_ms=1000) as stream:
                    self._any.set()
                    while stream.alive:
                        if change := await stream.try_next():
                            self._notify(change["documentKey"]["_id"])
                        heed_cancellation()
            except PyMongoError as error:
                _log.info("change stream broke off", collection=self._collection.name, error=str(error))
                heed_cancellation()
                await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)

    def _notify(self, key: Any) -> None:
        self._any.set()
        for waiter in self._waiting.get(key, ()):
            waiter.set()

    async def for_any(self, seconds: float) -> None:
        """Return at the next change, or after `seconds`."""
        await _wait(self._any, seconds)
        self._any.clear()

    async def for_document(self, key: Any, seconds: float) -> None:
        """Return when this document changes, or after `seconds`."""
        waiter = asyncio.Event()
        self._waiting[key].add(waiter)
        try:
            await _wait(waiter, seconds)
        finally:
            self._waiting[key].discard(waiter)
            if not self._waiting[key]:
                del self._waiting[key]


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
