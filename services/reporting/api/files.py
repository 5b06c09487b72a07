"""The routes of reports as files: with the numbers of the screen, written as they are read."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from chassis.clock import now
from chassis.principal import Caller
from chassis.problems import Problem
from contracts.reports_http import FileQuery, StaffReportName
from services.reporting.api.reports import TheArchive
from services.reporting.files.csv_file import write_csv
from services.reporting.files.document import Document
from services.reporting.files.pdf import TypesettingError, write_pdf
from services.reporting.files.workbook import write_workbook
from services.reporting.use_cases.ask import Asking, asked_by
from services.reporting.use_cases.make_files import document_of

router = APIRouter(prefix="/reports")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
# Setting a PDF takes a processor and memory of its own: not many at once.
_at_once = asyncio.Semaphore(2)


@router.get("/{name}/file")
async def get_file(
    request: Request,
    name: StaffReportName,
    query: Annotated[FileQuery, Query()],
    caller: Caller,
    archive: TheArchive,
) -> Response:
    """`format` csv comes as it is read; xlsx and pdf when they are whole."""
    zone: ZoneInfo = request.app.state.zone
    asking = Asking(query, caller, zone, now())
    document = await document_of(archive, asking, name, query.lang, request.app.state.house)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(name, asking, query)}"'}
    headers["Cache-Control"] = "no-store"
    if query.format == "csv":
        lines = write_csv(document, zone)
        return StreamingResponse(lines, headers=headers, media_type=MEDIA["csv"])
    async with _at_once:
        if query.format == "pdf":
            return Response(await _pdf(document, zone), headers=headers, media_type=MEDIA["pdf"])
        return await _workbook(document, zone, headers)


def _file_name(name: str, asking: Asking, query: FileQuery) -> str:
    span = asked_by(asking).span
    return f"{name}-{span.first}-{span.last}.{query.format}"


async def _pdf(document: Document, zone: ZoneInfo) -> bytes:
    try:
        return await write_pdf(document, zone)
    except (TypesettingError, TimeoutError) as error:
        raise Problem(503, "The PDF could not be set; please try again.") from error


async def _workbook(document: Document, zone: ZoneInfo, headers: dict[str, str]) -> Response:
    folder = tempfile.TemporaryDirectory(prefix="helpdesk-report-")
    path = Path(folder.name) / "report.xlsx"
    try:
        await write_workbook(document, zone, path)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        path, headers=headers, media_type=MEDIA["xlsx"], background=BackgroundTask(folder.cleanup)
    )
