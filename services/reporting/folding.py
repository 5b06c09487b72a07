"""Keeps the cells in step with the tickets, and ends a rebuild that is whole; one replica at a time."""

from __future__ import annotations

import asyncio

import structlog

from chassis.lease import Lease
from chassis.mongo import heed_cancellation
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.rebuild import finish_rebuild

_log = structlog.get_logger(__name__)
# Many at once: what they have in common (a day, a company) is then written once.
_BATCH = 200
_LOOK_EVERY_SECONDS = 0.5
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_folding(archive: ArchiveStorage, lease: Lease) -> None:
    """Until cancelled. Two at once would only be in each other's way: each batch is a transaction."""
    while True:
        heed_cancellation()
        try:
            folded = await fold_once(archive) if await lease.acquire() else 0
        except Exception as error:
            _log.warning("figures are not brought into step", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        if not folded:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)


async def fold_once(archive: ArchiveStorage) -> int:
    """One batch of each generation; how many tickets there were."""
    generations = await archive.generations()
    folded = 0
    for generation in generations.each():
        folded += await archive.tickets(generation).fold(_BATCH)
    if generations.building is not None and not folded:
        await finish_rebuild(archive)
    return folded
