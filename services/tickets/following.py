"""Keeps tickets up to date with the tree of categories, beside the requests, in one replica at a time."""

from __future__ import annotations

import asyncio

import structlog

from chassis.clock import now
from chassis.lease import Lease
from chassis.mongo import heed_cancellation
from services.tickets.domain.storage import CategoryStorage, TicketStorage
from services.tickets.use_cases.keep_categories import follow_categories

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 1.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_following(categories: CategoryStorage, tickets: TicketStorage, lease: Lease) -> None:
    """Until cancelled. Two at once would do no harm, only the same work twice."""
    while True:
        heed_cancellation()
        try:
            if await lease.acquire():
                await follow_categories(categories, tickets, now())
        except Exception as error:
            _log.warning("tickets do not follow their categories", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
