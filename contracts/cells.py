"""Cells that a spreadsheet would take for formulas, and how they are made harmless (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What makes a formula, behind any apostrophes that are there already: so that quoting can be undone exactly.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"


class Figure(str):
    """A number that nobody typed: below zero it begins like a formula, and is none."""

    __slots__ = ()


def defused(text: str) -> str:
    """With an apostrophe before what would begin a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def quoted_again(text: str) -> str:
    """For a sheet whose cells are marked as text: only what `plain_of` would strip is protected."""
    return f"'{text}" if _QUOTED.match(text) else text


def plain_of(cell: str) -> str:
    """The inverse of both."""
    return cell[1:] if _QUOTED.match(cell) else cell


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """With semicolons, as Excel reads it where a comma parts decimals; text of several lines is quoted."""
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=DELIMITER, lineterminator="\r\n").writerows(
        [[cell if isinstance(cell, Figure) else defused(cell) for cell in row] for row in rows]
    )
    return lines.getvalue()
