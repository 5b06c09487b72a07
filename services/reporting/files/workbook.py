"""A report as an Excel workbook: a sheet for each table, with filters and real dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from services.reporting.files.document import Cell, Column, Document, Row, Table, Tone
from services.reporting.files.words import in_minutes

_RED = "#B3261E"
_FORMATS = {
    "number": "0",
    "minutes": "[h]:mm",
    # Excel shows no time below zero, but ########.
    "change": "0",
    "moment": "dd.mm.yyyy hh:mm",
    "day": "dd.mm.yyyy",
    "share": "0.0%",
    "money": "#,##0.00",
}
# What cells are kept in, of what Excel counts in: minutes of a day, kopecks of a rouble.
_PARTS = {"minutes": 24 * 60, "money": 100}
_LONGEST_CELL = 32_000
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_NAME = 31
_WIDTH = 11
# Names stand in full, each row in one line: not every program makes rows as high as what is wrapped in them.
_FULL_NAMES = 1.6
_HEADER_HEIGHT = 32


async def write_workbook(document: Document, zone: ZoneInfo, path: Path) -> None:
    """Row by row: no more than one of them is in memory, however many there are.

    What is typed is text by its type, and stays text when somebody edits the cell (`quotePrefix`).
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": _FORMATS["day"]}  # fmt: skip
    book = Workbook(str(path), options)
    try:
        book.set_properties({"title": document.title})
        writer = _Writer(book, zone)
        for place, table in enumerate(document.tables):
            await writer.sheet(document if place == 0 else None, table, place, document.lang)
    finally:
        book.close()


class _Writer:
    def __init__(self, book: Any, zone: ZoneInfo) -> None:
        self._book = book
        self._zone = zone
        self._formats: dict[tuple[str, Tone, bool], Any] = {}

    async def sheet(self, document: Document | None, table: Table, place: int, lang: str) -> None:
        """The first one begins with what the report is about."""
        sheet = self._book.add_worksheet(_sheet_name(table.title, place))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTH * column.weight * (_FULL_NAMES if column.kind == "names" else 1))
        row = self._head(sheet, document) if document else 0
        header = row
        for at, column in enumerate(table.columns):
            title = in_minutes(column.title, lang) if column.kind == "change" else column.title
            sheet.write_string(row, at, title, self._header())
        sheet.set_row(row, _HEADER_HEIGHT)
        sheet.freeze_panes(row + 1, 0)
        _set_for_paper(sheet, row)
        async for line in table.rows:
            row += 1
            self._write(sheet, row, line, table.columns)
        sheet.autofilter(header, 0, max(row, header), len(table.columns) - 1)
        for line in table.totals:
            row += 1
            self._write(sheet, row, line, table.columns)

    def _head(self, sheet: Any, document: Document) -> int:
        sheet.write_string(0, 0, document.title, self._book.add_format({"bold": True, "font_size": 14}))
        # In one cell each: the columns are as wide as the table below wants them.
        for place, (what, said) in enumerate(document.facts, 1):
            sheet.write_string(place, 0, _clean(f"{what}: {said}"))
        return len(document.facts) + 2

    def _write(self, sheet: Any, row: int, line: Row, columns: Sequence[Column]) -> None:
        for at, (cell, column) in enumerate(zip(line.cells, columns, strict=True)):
            self._put(sheet, row, at, cell, column, line.tone)

    def _put(self, sheet: Any, row: int, at: int, cell: Cell, column: Column, tone: Tone) -> None:
        shape = self._format(column.kind, tone)
        if cell is None:
            sheet.write_blank(row, at, None, shape)
        elif isinstance(cell, str):
            sheet.write_string(row, at, _clean(cell), self._format("text", tone, is_typed=_is_typed(cell)))
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, at, cell.astimezone(self._zone).replace(tzinfo=None), shape)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, cell, shape)
        else:
            sheet.write_number(row, at, cell / _PARTS.get(column.kind, 1), shape)

    def _format(self, kind: str, tone: Tone, *, is_typed: bool = False) -> Any:
        key = (kind, tone, is_typed)
        if key not in self._formats:
            looks: dict[str, Any] = {"valign": "top"}
            if shape := _FORMATS.get(kind):
                looks["num_format"] = shape
            if tone.startswith("additional"):
                looks["font_color"] = _RED
            if tone.endswith("total"):
                looks |= {"bold": True, "top": 1}
            if is_typed:
                looks["quote_prefix"] = True
            self._formats[key] = self._book.add_format(looks)
        return self._formats[key]

    def _header(self) -> Any:
        return self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})


def _set_for_paper(sheet: Any, header: int) -> None:
    """A4 lying, all columns on one page, the header again on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&L&A&R&P / &N")


def _sheet_name(title: str, place: int) -> str:
    """Excel takes 31 characters, none of some signs, and no name twice."""
    name = " ".join(f"{place + 1}. {_NOT_IN_A_NAME.sub(' ', title)}".split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rpartition(" ")[0] + "…"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)[:_LONGEST_CELL]


def _is_typed(text: str) -> bool:
    """What a spreadsheet would take for a formula once it is edited."""
    return text[:1] in ("=", "+", "-", "@", "\t", "\r")
