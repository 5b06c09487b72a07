"""Excel workbooks (.xlsx), read without trusting anything they say of themselves, and written."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from openpyxl import DEFUSEDXML, Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

from contracts.cells import quoted_again
from contracts.import_http import MOST_COLUMNS, MOST_ROWS
from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.sheet import Sheet, sheet_of

_MOST_UNPACKED = 40 * 1024 * 1024
_MOST_PARTS = 500
_MAGIC = b"PK\x03\x04"
_OLD_MAGIC = b"\xd0\xcf\x11\xe0"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_UNREADABLE = "this workbook cannot be read; open it and save it as .xlsx again"

if not DEFUSEDXML:
    raise ImportError("openpyxl reads XML without defusedxml: entities would be expanded")


def is_workbook(content: bytes) -> bool:
    """Raises TableError for a workbook of the old kind, or an encrypted one."""
    if content.startswith(_OLD_MAGIC):
        raise TableError("this is an old or an encrypted workbook; save it as .xlsx without a password")
    return content.startswith(_MAGIC)


def read_workbook(content: bytes) -> Sheet:
    """Its first sheet; of formulas the values that were last computed. Raises TableError."""
    try:
        _must_be_small(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise TableError("there is no sheet in it")
        rows = sheets[0].iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS + 1, values_only=True)
        return sheet_of(_texts(rows), format_="xlsx")
    except TableError:
        raise
    except Exception as error:
        # openpyxl lets through whatever a broken or malicious part of the file leads to: KeyError,
        # ParseError, BadZipFile, EntitiesForbidden and more. All of it is the file's fault, none of it ours.
        raise TableError(_UNREADABLE) from error


def _must_be_small(content: bytes) -> None:
    """By what the directory says: what unpacks to more than that fails when it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise TableError("this workbook unpacks to more than we take; import it in parts")


def _texts(rows: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal) and value == value and value == int(value):
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


class WorkbookWriter:
    """Row by row to disk, never all of it in memory."""

    def __init__(self, title: str, headers: Sequence[str]) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.append([self._cell(header, bold=True) for header in headers])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        for row in rows:
            self._sheet.append([self._cell(text) for text in row])

    def finish(self) -> IO[bytes]:
        """The file, at its beginning; it is gone when it is closed."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        self._book.save(file)
        file.seek(0)
        return file

    def _cell(self, text: str, *, bold: bool = False) -> Cell:
        """Marked as text (type, quotePrefix), so that it is no formula, whatever it begins with."""
        cell: Cell = WriteOnlyCell(self._sheet, quoted_again(_NOT_IN_XML.sub("", text)))
        cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@", "\t", "\r")):
            cell.quotePrefix = 1
        if bold:
            cell.font = Font(bold=True)
        return cell
