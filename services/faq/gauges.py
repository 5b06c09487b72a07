"""The business gauges of faq, brought up to date at each scrape."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from prometheus_client import Gauge

from chassis.clock import now
from chassis.runtime import Runtime
from services.faq.domain.listing import Listed
from services.faq.store import Library


def watch_gauges(runtime: Runtime, library: Library, zone: ZoneInfo) -> None:
    stale = Gauge(
        "helpdesk_articles_stale",
        "Published articles that should have been read again by now.",
        registry=runtime.registry,
    )

    async def refresh() -> None:
        today = now().astimezone(zone).date()
        stale.set(await library.articles.count_of(Listed(stale_on=today)))

    runtime.health.before_scrape(refresh)
