"""Keeps telling devices what changed, beside the requests, in every replica."""

from __future__ import annotations

import asyncio

import structlog

from chassis.clock import now
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.tell_devices import tell_devices

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 1.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_telling(registry: RegistryStorage) -> None:
    """Until cancelled. Whatever goes wrong is tried again: a revocation may hang on it."""
    while True:
        try:
            told = await tell_devices(registry, now())
        except Exception as error:
            _log.warning("devices are not told", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        if not told:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
