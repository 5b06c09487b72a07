"""The route of exports."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import IO, Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict

from contracts.cells import BYTE_ORDER_MARK, csv_lines
from contracts.import_http import WORKBOOK, TableFormat, TableKind
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.today import Today
from services.clients.domain.tables.field import Language
from services.clients.domain.tables.workbook import WorkbookWriter
from services.clients.use_cases.tables import TABLES
from services.clients.use_cases.tables.export_table import all_of, exported, titles_of

router = APIRouter(prefix="/export")
_CHUNK = 64 * 1024

Pages = AsyncIterator[list[list[str]]]


class ExportQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    what: TableKind
    format: TableFormat = "csv"
    company: UUID | None = None
    lang: Language = "ru"


@router.get("")
async def get_export(
    query: Annotated[ExportQuery, Query()], staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    table = TABLES[query.what]
    titles = titles_of(table, query.lang)
    pages = exported(registry, table, all_of(staff, query.company), query.lang)
    name = f"{query.what}-{today.isoformat()}.{query.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    if query.format == "csv":
        return StreamingResponse(_csv(titles, pages), headers=headers, media_type="text/csv; charset=utf-8")
    workbook = await _workbook(query.what, titles, pages)
    return StreamingResponse(_chunks(workbook), headers=headers, media_type=WORKBOOK)


async def _csv(titles: list[str], pages: Pages) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([titles])
    async for rows in pages:
        if rows:
            yield csv_lines(rows)


async def _workbook(title: str, titles: list[str], pages: Pages) -> IO[bytes]:
    writer = WorkbookWriter(title, titles)
    async for rows in pages:
        await asyncio.to_thread(writer.add, rows)
    return await asyncio.to_thread(writer.finish)


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
    finally:
        file.close()
