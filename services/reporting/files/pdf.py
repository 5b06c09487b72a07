"""A report as PDF, set by Typst."""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from services.reporting.files.document import Document, Row, Table
from services.reporting.files.words import said
from services.reporting.files.written import written

# Nobody reads more on paper; the files that are read by machines hold all of it.
MOST_ROWS = 5_000
_LONGEST_CELL = 300
_SECONDS = 60
_WIDE_FROM = 7


class TypesettingError(Exception):
    """The PDF could not be set."""


async def write_pdf(document: Document, zone: ZoneInfo) -> bytes:
    """Raises TypesettingError."""
    content = orjson.dumps(await _shown(document, zone))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.reporting.files.typeset",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            pdf, errors = await process.communicate(content)
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise TypesettingError(errors.decode(errors="replace")[-500:])
    return pdf


async def _shown(document: Document, zone: ZoneInfo) -> dict[str, Any]:
    tables = [await _table(table, document.lang, zone) for table in document.tables]
    return {
        "title": document.title,
        "lang": document.lang,
        "facts": [list(fact) for fact in document.facts],
        "tables": tables,
        "signatures": [list(side) for side in document.signatures],
        "closing": document.closing,
        "sign": [said(document.lang, word) for word in ("sign position", "sign date", "sign stamp")],
        "page": document.page_word,
        "wide": any(len(table.columns) >= _WIDE_FROM for table in document.tables),
    }


async def _table(table: Table, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    rows: list[Row] = []
    note = ""
    async for row in table.rows:
        if len(rows) == MOST_ROWS:
            note = said(lang, "cut").format(shown=MOST_ROWS)
            break
        rows.append(row)
    return {
        "title": table.title,
        "note": note,
        "columns": [
            {
                "title": column.title,
                "weight": column.weight,
                "names": column.kind == "names",
                "right": column.kind in ("number", "minutes", "change", "share", "money"),
            }
            for column in table.columns
        ],
        "rows": [_row(row, table, zone) for row in rows],
        "totals": [_row(row, table, zone) for row in table.totals],
    }


def _row(row: Row, table: Table, zone: ZoneInfo) -> dict[str, Any]:
    cells = zip(row.cells, table.columns, strict=True)
    said = [written(cell, column.kind, zone)[:_LONGEST_CELL] for cell, column in cells]
    return {"tone": row.tone, "cells": said}
