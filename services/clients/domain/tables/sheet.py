"""A file as a table of texts, whatever it was: bounded in every direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from contracts.cells import plain_of
from contracts.import_http import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, TableFormat
from services.clients.domain.tables.errors import TableError

# Twice what the largest honest table has: 20,000 rows of 10 long cells.
_MOST_CHARACTERS = 20_000_000
_LONGEST_HEADER = 200


class Line(NamedTuple):
    """`row` is its number in the file; the header is 1. The cells are as they came."""

    row: int
    cells: list[str]


class Sheet(NamedTuple):
    format: TableFormat
    encoding: str
    delimiter: str
    headers: list[str]
    lines: list[Line]

    def tidied(self) -> Sheet:
        return self._replace(lines=[Line(row, list(map(tidy, cells))) for row, cells in self.lines])


def tidy(cell: str) -> str:
    """Without the blanks around it, and what a spreadsheet needs before what it would take for a formula."""
    return plain_of(cell.strip(" \n"))


def sheet_of(
    rows: Iterable[Sequence[str]], *, format_: TableFormat, encoding: str = "", delimiter: str = ""
) -> Sheet:
    """The first row that has anything is the header; empty ones are left out. Raises TableError."""
    lines = _lines(rows)
    header = next(lines, None)
    if header is None:
        raise TableError("there is nothing in it")
    headers = [" ".join(tidy(cell).split())[:_LONGEST_HEADER] for cell in header.cells]
    kept = [Line(line.row - header.row + 1, line.cells) for line in lines]
    if not kept:
        raise TableError("there are no rows below the header")
    return Sheet(format_, encoding, delimiter, headers, kept)


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[Line]:
    kept = characters = 0
    for number, row in enumerate(rows, 1):
        cells = list(row)
        while cells and not tidy(cells[-1]):
            cells.pop()
        if not cells:
            continue
        kept += 1
        characters += sum(map(len, cells))
        _must_be_bounded(number, cells, kept, characters)
        yield Line(number, cells)


def _must_be_bounded(number: int, cells: list[str], kept: int, characters: int) -> None:
    if kept > MOST_ROWS + 1:
        raise TableError(f"there are more than {MOST_ROWS} rows; import it in parts")
    if len(cells) > MOST_COLUMNS:
        raise TableError(f"row {number} has more than {MOST_COLUMNS} cells")
    if max(map(len, cells)) > LONGEST_CELL:
        raise TableError(f"row {number} has a cell of more than {LONGEST_CELL} characters")
    if characters > _MOST_CHARACTERS:
        raise TableError("there is too much text in it; import it in parts")
