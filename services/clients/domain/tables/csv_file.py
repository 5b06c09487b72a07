"""CSV as it comes: in whichever of the usual encodings and with whichever delimiter."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterator

from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.sheet import Sheet, sheet_of

_DELIMITERS = (";", ",", "\t")
# Excel's own word about its delimiter, on a line of its own.
_SEPARATOR_LINE = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)
_LOOKED_AT = 64 * 1024
_ROWS_LOOKED_AT = 20


def read_csv(content: bytes) -> Sheet:
    """Raises TableError for what is no text, or has no end."""
    encoding, text = _decoded(content)
    if said := _SEPARATOR_LINE.match(text):
        delimiter, text = said[1], text[said.end() :]
    else:
        delimiter = _delimiter_of(text)
    return sheet_of(_rows(text, delimiter), format_="csv", encoding=encoding, delimiter=delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 with or without its mark, UTF-16 with it (Excel's «Unicode text»), else Windows' Cyrillic."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp1251"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return encoding, text
    raise TableError("this is neither an Excel workbook (.xlsx) nor text in UTF-8 or Windows-1251")


def _delimiter_of(text: str) -> str:
    """The one that parts the first rows into the most columns, and all of them alike."""

    def score(delimiter: str) -> float:
        rows = _first_rows(text[:_LOOKED_AT], delimiter)
        width = len(rows[0]) if rows else 0
        return width * sum(len(row) == width for row in rows) / max(len(rows), 1)

    return max(_DELIMITERS, key=score)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """As far as they can be read: the end of what is looked at may cut one in two."""
    found: list[list[str]] = []
    with contextlib.suppress(TableError):
        found.extend(itertools.islice(filter(any, _rows(text, delimiter)), _ROWS_LOOKED_AT))
    return found


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in rows:
            yield [cell.replace("\r\n", "\n") for cell in row]
    except csv.Error as error:
        raise TableError(f"line {rows.line_num}: {error}") from error
