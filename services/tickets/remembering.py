"""Keeps telling the past where somebody wants it, beside the requests; one replica at a time."""

from __future__ import annotations

import asyncio

import structlog

from chassis.clock import now
from chassis.lease import Lease
from chassis.mongo import heed_cancellation
from services.tickets.domain.storage import TellingStorage, TicketStorage
from services.tickets.use_cases.tell_history import tell_some

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 2.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0
# The relay is not to be flooded: what people do meanwhile would wait behind all of this.
_MOST_WAITING = 1000
_PAUSE_SECONDS = 0.2


async def keep_remembering(tickets: TicketStorage, tellings: TellingStorage, lease: Lease) -> None:
    """Until cancelled."""
    while True:
        heed_cancellation()
        try:
            told = await tell_some(tickets, tellings, now()) if await lease.acquire() else 0
        except Exception as error:
            _log.warning("the past is not told", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await until_there_is_room(tickets) if told else await asyncio.sleep(_LOOK_EVERY_SECONDS)


async def until_there_is_room(tickets: TicketStorage) -> None:
    # The relay is a task of its own: there is nothing to wait for but time.
    while await tickets.count_waiting(_MOST_WAITING + 1) > _MOST_WAITING:  # noqa: ASYNC110
        await asyncio.sleep(_PAUSE_SECONDS)
