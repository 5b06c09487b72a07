"""The figures as a table, for the terminal and for docs/figures.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`limit` is what the machine can do of the barest kind of this work, measured in the same run."""

    work: str
    measured: str
    limit: str = ""
    reach: str = ""
    failures: int = 0


_TITLES = ("work", "measured", "limit of the machine", "to reach")


def markdown(rows: Sequence[Row]) -> str:
    lines = [
        _TITLES,
        ("---",) * len(_TITLES),
        *((row.work, row.measured, row.limit, row.reach) for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def for_terminal(rows: Sequence[Row]) -> str:
    cells = [_TITLES, *((row.work, row.measured, row.limit, row.reach) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_TITLES))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
