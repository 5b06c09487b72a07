"""An export is made: row by row into a file, telling how far it is."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import now
from chassis.principal import Principal
from contracts.reports_http import FileFormat, ReportQuery
from services.reporting.domain.export import Export, ExportLostError, ExportStorage
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.files.csv_file import write_csv
from services.reporting.files.document import Document, Row
from services.reporting.files.pdf import MOST_ROWS, write_pdf
from services.reporting.files.workbook import write_workbook
from services.reporting.use_cases.ask import Asking
from services.reporting.use_cases.make_files import House, document_of

# Who has not told of itself for so long has stopped: the export is begun anew.
SILENCE = timedelta(seconds=30)
_TELL_EVERY_SECONDS = 0.5
_PIECE_BYTES = 255 * 1024


class Workshop(NamedTuple):
    """Where exports are made; `holder` is this replica."""

    archive: ArchiveStorage
    exports: ExportStorage
    zone: ZoneInfo
    house: House
    holder: UUID


class Meter:
    """Counts the rows of a document while they are written; on paper there are no more than fit."""

    def __init__(self, document: Document, file_format: FileFormat) -> None:
        self.done = 0
        most = MOST_ROWS if file_format == "pdf" else sys.maxsize
        self.expected = sum(min(table.expected, most) for table in document.tables)
        for table in document.tables:
            table.rows = self._counted(table.rows)

    async def _counted(self, rows: AsyncIterator[Row]) -> AsyncIterator[Row]:
        async for row in rows:
            self.done += 1
            yield row


async def make_next(workshop: Workshop) -> bool:
    """The next export; False where there is none. Cut off anywhere, it is begun anew by somebody."""
    at = now()
    export = await workshop.exports.take(workshop.holder, at, at - SILENCE)
    if export is None:
        return False
    try:
        size = await _made(workshop, export)
        await workshop.exports.finish(export, workshop.holder, size, now())
    except ExportLostError:
        return True
    except Exception:
        await workshop.exports.fail(export, workshop.holder, now())
        raise
    return True


async def _made(workshop: Workshop, export: Export) -> int:
    reach = None if export.reach is None else tuple(map(UUID, export.reach))
    owner = Principal(kind="staff", id=export.owner, full_name="", companies=reach)
    asking = Asking(ReportQuery.model_validate(export.query), owner, workshop.zone, export.asked_at)
    document = await document_of(workshop.archive, asking, export.report, export.lang, workshop.house)
    meter = Meter(document, export.format)
    telling = asyncio.create_task(_keep_telling(workshop, export, meter))
    keeping = asyncio.create_task(workshop.exports.keep(export, _written(document, export, workshop.zone)))
    try:
        await asyncio.wait({telling, keeping}, return_when=asyncio.FIRST_COMPLETED)
        if telling.done():
            telling.result()
        size = await keeping
        await _tell(workshop, export, meter)
        return size
    finally:
        for task in (telling, keeping):
            task.cancel()
        await asyncio.gather(telling, keeping, return_exceptions=True)


async def _keep_telling(workshop: Workshop, export: Export, meter: Meter) -> None:
    while True:
        await _tell(workshop, export, meter)
        await asyncio.sleep(_TELL_EVERY_SECONDS)


async def _tell(workshop: Workshop, export: Export, meter: Meter) -> None:
    rows = max(meter.expected, meter.done)
    await workshop.exports.tell(export, workshop.holder, meter.done, rows, now())


async def _written(document: Document, export: Export, zone: ZoneInfo) -> AsyncIterator[bytes]:
    """A workbook is whole before its first byte is known: it waits on the disk, not in memory."""
    if export.format == "csv":
        async for piece in write_csv(document, zone):
            yield piece
    elif export.format == "pdf":
        yield await write_pdf(document, zone)
    else:
        with tempfile.TemporaryDirectory(prefix="helpdesk-report-") as folder:
            path = Path(folder) / "report.xlsx"
            await write_workbook(document, zone, path)
            with path.open("rb") as file:
                while piece := file.read(_PIECE_BYTES):
                    yield piece
