"""Keeps moving the entries of histories out of their documents, beside the requests, in every replica."""

from __future__ import annotations

import asyncio

import structlog

from chassis.mongo import heed_cancellation
from services.clients.store import Registry

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 2.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_filing(registry: Registry) -> None:
    """Until cancelled. Nobody waits for it: a history is read from both places."""
    while True:
        heed_cancellation()
        try:
            moved = await registry.move_entries()
        except Exception as error:
            _log.warning("histories are not moved", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        if not moved:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
