"""Keeps going through the rows of imports, beside the requests, in one replica at a time."""

from __future__ import annotations

import asyncio

import structlog
from opentelemetry import trace

from chassis.clock import now
from chassis.lease import Lease
from chassis.mongo import heed_cancellation
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.tables.go_through import go_through_some

_log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("helpdesk.clients")
_LOOK_EVERY_SECONDS = 0.5
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_importing(registry: RegistryStorage, lease: Lease) -> None:
    """Until cancelled. The lease only saves double work: two at once would do no harm."""
    try:
        while True:
            heed_cancellation()
            try:
                has_work = await registry.imports.at_work() is not None
                went_on = has_work and await lease.acquire() and await _go_on(registry)
            except Exception as error:
                _log.warning("an import waits", exc_info=error)
                await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
                continue
            if not went_on:
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
    finally:
        await lease.release()


async def _go_on(registry: RegistryStorage) -> bool:
    with _tracer.start_as_current_span("import rows"):
        return await go_through_some(registry, now())
