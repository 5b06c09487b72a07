"""The business gauges of reporting, brought up to date at each scrape."""

from __future__ import annotations

from prometheus_client import Gauge

from chassis.clock import now
from chassis.runtime import Runtime
from services.reporting.domain.export import ExportStorage
from services.reporting.domain.storage import ArchiveStorage


def watch_gauges(runtime: Runtime, archive: ArchiveStorage, exports: ExportStorage) -> None:
    behind = Gauge(
        "helpdesk_reports_behind_seconds",
        "For how long the oldest change waits that is in no report yet.",
        registry=runtime.registry,
    )
    rebuilding = Gauge(
        "helpdesk_reports_rebuilding", "1 while figures are rebuilt from nothing.", registry=runtime.registry
    )
    waiting = Gauge(
        "helpdesk_report_exports_waiting",
        "Files of reports that are asked for and not made yet.",
        registry=runtime.registry,
    )

    async def refresh() -> None:
        waiting.set(await exports.waiting())
        generations = await archive.generations()
        since = await archive.tickets(generations.live).changed_since()
        behind.set((now() - since).total_seconds() if since else 0)
        rebuilding.set(generations.building is not None)

    runtime.health.before_scrape(refresh)
