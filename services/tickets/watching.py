"""Keeps looking at the clocks, beside the requests, in every replica."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from opentelemetry import trace

from chassis.clock import now
from chassis.mongo import heed_cancellation
from services.tickets.domain.storage import PlanStorage, TicketStorage
from services.tickets.use_cases.replan import wind_anew
from services.tickets.use_cases.watch_clock import close_silent, tell_deadlines

_log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("helpdesk.tickets")
_LOOK_EVERY_SECONDS = 2.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0


async def keep_watching(tickets: TicketStorage, plans: PlanStorage, silence: timedelta) -> None:
    """Until cancelled. What came due while nothing ran is told at the first look."""
    while True:
        heed_cancellation()
        try:
            with _tracer.start_as_current_span("watch clocks"):
                at = now()
                await wind_anew(tickets, plans, at)
                await tell_deadlines(tickets, at)
                await close_silent(tickets, plans, at - silence, at)
        except Exception as error:
            _log.warning("clocks are not watched", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
