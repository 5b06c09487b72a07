"""`python -m services.reporting.rebuild`: all reports' figures from nothing, while everything runs.

With the environment of reporting. The past is asked for by an event, and told by tickets; what is read stays
as it is until the new figures are whole. Cut off, it goes on in the service all the same; begun again, it
begins anew.
"""

from __future__ import annotations

import asyncio

import structlog

from chassis.clock import new_id, now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.settings import ReportingSettings
from services.reporting.store import Archive
from services.reporting.use_cases.rebuild import begin_rebuild

_LOOK_EVERY_SECONDS = 1.0
_log = structlog.get_logger(__name__)


async def follow(archive: ArchiveStorage, every: float = _LOOK_EVERY_SECONDS) -> None:
    """Tell how far it is until it is done."""
    # The service that builds is another process: there is nothing to wait for but time.
    while rebuild := await archive.rebuild():
        sure = rebuild.expected is not None
        _log.info("rebuilding", told=rebuild.told, of=rebuild.of, sure=sure, percent=rebuild.percent)
        await asyncio.sleep(every)


async def _run(settings: ReportingSettings) -> None:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        archive = Archive(client, database(client, settings.mongodb_database), settings.time_zone)
        await archive.prepare()
        await begin_rebuild(archive, new_id(), now())
        await follow(archive)
        _log.info("rebuilt", generation=(await archive.generations()).live)


def main() -> None:
    asyncio.run(_run(read_settings(ReportingSettings, "reporting")))


if __name__ == "__main__":
    main()
