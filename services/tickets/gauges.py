"""The business gauges of tickets, brought up to date at each scrape."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import Gauge

from chassis.clock import now
from chassis.runtime import Runtime
from contracts.tickets import OPEN_STATUSES
from services.tickets.store import Tickets

_NEAR = timedelta(hours=1)


def watch_gauges(runtime: Runtime, tickets: Tickets) -> None:
    registry = runtime.registry
    count = Gauge("helpdesk_tickets_open", "Open tickets.", ["status"], registry=registry)
    oldest = Gauge(
        "helpdesk_ticket_oldest_unassigned_seconds",
        "Age of the oldest open ticket nobody has; 0 without one.",
        registry=registry,
    )
    near = Gauge(
        "helpdesk_tickets_near_breach",
        "Running tickets due within the hour or overdue.",
        registry=registry,
    )

    async def refresh() -> None:
        counts = await tickets.count_open()
        for status in OPEN_STATUSES:
            count.labels(status.value).set(counts.get(status.value, 0))
        since = await tickets.oldest_unassigned()
        oldest.set((now() - since).total_seconds() if since else 0)
        near.set(await tickets.count_due_before(now() + _NEAR))

    runtime.health.before_scrape(refresh)
