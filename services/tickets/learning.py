"""Keeps learning how tickets are categorised, beside the requests, in one replica at a time."""

from __future__ import annotations

import asyncio

import structlog

from chassis.lease import Lease
from chassis.mongo import heed_cancellation
from services.tickets.domain.storage import CategoryStorage, EquipmentStorage, LearnedStorage
from services.tickets.use_cases.learn_categories import learn_categories

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 1.0
# After many came at once the others go before.
_BETWEEN_SECONDS = 0.05
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_learning(
    learned: LearnedStorage, categories: CategoryStorage, equipment: EquipmentStorage, lease: Lease
) -> None:
    """Until cancelled."""
    while True:
        heed_cancellation()
        try:
            if await lease.acquire() and await learn_categories(learned, categories, equipment):
                await asyncio.sleep(_BETWEEN_SECONDS)
                continue
        except Exception as error:
            _log.warning("nothing is learned of categories", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
