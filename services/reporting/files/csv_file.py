"""A report as CSV: one table after the other, as Excel reads it where a comma parts decimals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.cells import BYTE_ORDER_MARK, Figure, csv_lines
from services.reporting.files.document import Cell, Column, ColumnKind, Document, Row, Table
from services.reporting.files.words import in_minutes

_BATCH = 200


async def write_csv(document: Document, zone: ZoneInfo) -> AsyncIterator[bytes]:
    """Piece by piece, however many rows there are; minutes are whole numbers, shares are decimals."""
    head = [[document.title], *(list(fact) for fact in document.facts)]
    yield (BYTE_ORDER_MARK + csv_lines(head)).encode()
    for table in document.tables:
        titles = [_title(column, document.lang) for column in table.columns]
        yield csv_lines([[], [table.title], titles]).encode()
        async for lines in _batches(table, zone):
            yield csv_lines(lines).encode()


def _title(column: Column, lang: str) -> str:
    return in_minutes(column.title, lang) if column.kind in ("minutes", "change") else column.title


async def _batches(table: Table, zone: ZoneInfo) -> AsyncIterator[list[list[str]]]:
    batch: list[list[str]] = []
    async for row in table.rows:
        batch.append(_line(row, table.columns, zone))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch + [_line(row, table.columns, zone) for row in table.totals]


def _line(row: Row, columns: Sequence[Column], zone: ZoneInfo) -> list[str]:
    return [_cell(cell, column.kind, zone) for cell, column in zip(row.cells, columns, strict=True)]


def _cell(cell: Cell, kind: ColumnKind, zone: ZoneInfo) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(zone):%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if kind == "money" and isinstance(cell, int):
        return Figure(f"{cell // 100},{cell % 100:02}")
    if isinstance(cell, float):
        return Figure(f"{cell:.4f}".rstrip("0").rstrip(".").replace(".", ","))
    return Figure(cell) if isinstance(cell, int) else cell
