"""What a report says, whatever it is written as: headings, facts, and tables whose rows may be endless."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# `names` are of people, as «Фамилия Имя Отчество», maybe several: on paper they are written short.
# `money` is kopecks, written as roubles. `change` is minutes that may be below zero.
ColumnKind = Literal["text", "names", "number", "minutes", "change", "moment", "day", "share", "money"]
# `additional` is what is paid beyond the contract: red wherever it is shown.
Tone = Literal["plain", "additional", "total", "additional_total"]
Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Column:
    """`weight` is its part of the width beside the others'."""

    title: str
    kind: ColumnKind = "text"
    weight: float = 1.0


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    tone: Tone = "plain"


@dataclass
class Table:
    """`rows` come as they are read; `totals`, which stand below them, are known from the beginning.

    `expected`: how many rows there will be, where they are many.
    """

    title: str
    columns: Sequence[Column]
    rows: AsyncIterator[Row]
    totals: Sequence[Row] = ()
    expected: int = 0


@dataclass
class Document:
    """`facts` are lines of (what, said) at the top.

    `signatures`: it is an act that two sides sign, (side, name) each; `closing` is what they sign.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    signatures: Sequence[tuple[str, str]] = ()
    closing: str = ""
    lang: str = "ru"
    page_word: str = field(default="стр.")


async def of_rows(rows: Sequence[Row]) -> AsyncIterator[Row]:
    """Rows that are all there already, as a table wants them."""
    for row in rows:
        yield row
