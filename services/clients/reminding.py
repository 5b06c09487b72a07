"""Keeps saying what comes to its end, beside the requests, in every replica; a gauge counts it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import structlog
from opentelemetry import trace
from prometheus_client import Gauge

from chassis.clock import now
from chassis.mongo import heed_cancellation
from chassis.runtime import Runtime
from contracts.terms import TermKind
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import day_of
from services.clients.use_cases.tell_terms import tell_terms

_log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("helpdesk.clients")
_LOOK_EVERY_SECONDS = 10.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0
_SOON = timedelta(days=30)


async def keep_reminding(registry: RegistryStorage, zone: ZoneInfo) -> None:
    """Until cancelled. What was missed while nothing ran is said at the first look."""
    while True:
        heed_cancellation()
        try:
            at = now()
            with _tracer.start_as_current_span("tell terms"):
                await tell_terms(registry, day_of(at, zone), at)
        except Exception as error:
            _log.warning("ends of terms are not told", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


def watch_terms(runtime: Runtime, registry: RegistryStorage, zone: ZoneInfo) -> None:
    ending = Gauge(
        "helpdesk_terms_ending",
        "Licences, contracts and warranties that end within 30 days.",
        ["kind"],
        registry=runtime.registry,
    )

    async def refresh() -> None:
        today = day_of(now(), zone)
        for kind in get_args(TermKind):
            ending.labels(kind).set(await registry.terms.count(kind, today, today + _SOON))

    runtime.health.before_scrape(refresh)
