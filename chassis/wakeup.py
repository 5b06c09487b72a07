"""Tells waiters that a document changed, within milliseconds, whichever replica wrote it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import structlog
from pymongo.errors import PyMongoError

from chassis.mongo import Collection, Document, heed_cancellation

_log = structlog.get_logger(__name__)
_PAUSE_AFTER_FAILURE_SECONDS = 1.0
_LOOK_WHETHER_WANTED_SECONDS = 1.0


class Wakeup:
    """A change stream on one collection; it may miss a change, so whoever waits also looks now and then.

    A stream costs as much as the write it tells of. It is open only while `is_wanted`: by default, while
    somebody waits for a document.
    """

    def __init__(
        self, collection: Collection, match: Document, is_wanted: Callable[[], bool] | None = None
    ) -> None:
        self._collection = collection
        self._pipeline = [{"$match": match}, {"$project": {"documentKey": 1}}]
        self._any = asyncio.Event()
        self._waiting: dict[Any, set[asyncio.Event]] = defaultdict(set)
        self._somebody_came = asyncio.Event()
        self._is_wanted = is_wanted or self._is_waited_for

    def _is_waited_for(self) -> bool:
        return bool(self._waiting)

    async def run(self) -> None:
        """Watch until cancelled, through every outage."""
        while True:
            await _wait(self._somebody_came, _LOOK_WHETHER_WANTED_SECONDS)
            self._somebody_came.clear()
            heed_cancellation()
            if not self._is_wanted():
                continue
            try:
                await self._watch()
            except PyMongoError as error:
                _log.info("change stream broke off", collection=self._collection.name, error=str(error))
                heed_cancellation()
                await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)

    async def _watch(self) -> None:
        async with await self._collection.watch(self._pipeline, max_await_time_ms=1000) as stream:
            self._tell_everybody()
            while stream.alive and self._is_wanted():
                if change := await stream.try_next():
                    self.tell(change["documentKey"]["_id"])
                heed_cancellation()

    def _tell_everybody(self) -> None:
        """What changed before the stream was open went by."""
        self._any.set()
        for waiters in self._waiting.values():
            for waiter in waiters:
                waiter.set()

    def tell(self, key: Any = None) -> None:
        """This document changed; for a change of our own that need not come by the stream."""
        self._any.set()
        for waiter in self._waiting.get(key, ()):
            waiter.set()

    def clear(self) -> None:
        """Forget what was told: who is about to look will see it."""
        self._any.clear()

    async def for_any(self, seconds: float) -> None:
        """Return at the next change since the last `clear`, or after `seconds`."""
        await _wait(self._any, seconds)

    async def for_document(self, key: Any, seconds: float) -> None:
        """Return when this document changes, or after `seconds`."""
        waiter = asyncio.Event()
        self._waiting[key].add(waiter)
        self._somebody_came.set()
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
