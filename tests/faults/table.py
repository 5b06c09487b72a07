"""What each test counted, shown at the end of the run."""

from __future__ import annotations

from collections.abc import Mapping


class Tables:
    def __init__(self) -> None:
        self._counted: list[tuple[str, Mapping[str, int]]] = []

    def add(self, name: str, counted: Mapping[str, int]) -> None:
        self._counted.append((name, counted))

    def lines(self) -> list[str]:
        """One row for each test, one column for each thing any of them counted; Markdown."""
        columns = list(dict.fromkeys(column for _, counted in self._counted for column in counted))
        if not columns:
            return []
        header = ["test", *(column.replace("_", " ") for column in columns)]
        rows = [
            [name, *(str(counted.get(column, "")) for column in columns)] for name, counted in self._counted
        ]
        widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
        ruler = ["-" * width for width in widths]
        return [_row(cells, widths) for cells in (header, ruler, *rows)]


def _row(cells: list[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
