"""Keeps making the files that are asked for in the background, one at a time in each replica."""

from __future__ import annotations

import asyncio

import structlog

from chassis.clock import now
from chassis.mongo import heed_cancellation
from services.reporting.domain.export import FETCHING
from services.reporting.use_cases.make_exports import Workshop, make_next

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 1.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_exporting(workshop: Workshop) -> None:
    """Until cancelled. What was left half done by who stopped is begun anew."""
    while True:
        heed_cancellation()
        try:
            await workshop.exports.forget(now() - FETCHING)
            while await make_next(workshop):
                heed_cancellation()
        except Exception as error:
            _log.warning("a report's file was not made", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
