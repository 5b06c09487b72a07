"""Cells as text, for CSV and PDF."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.reporting.files.document import Cell, ColumnKind


def written(cell: Cell, kind: ColumnKind, zone: ZoneInfo) -> str:
    """As people read it; empty for what is not known, which is not zero."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(zone):%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if kind == "names":
        return ", ".join(map(_short, str(cell).split(", ")))
    if kind in ("minutes", "change") and isinstance(cell, int):
        return clock(cell)
    if kind == "money" and isinstance(cell, int):
        return roubles(cell)
    if kind == "share" and isinstance(cell, (int, float)):
        return f"{cell * 100:.1f}".replace(".", ",") + " %"
    return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(cell, float) else str(cell)


def _short(name: str) -> str:
    """«Орлов Дмитрий Петрович» → «Орлов Д. П.»; initials stay with one another."""
    family, *given = name.split()[:3] or [""]
    return " ".join([family, "\u00a0".join(f"{one[0]}." for one in given)]).rstrip()


def month_said(month: str) -> str:
    """2026-10 → 10.2026"""
    return f"{month[5:]}.{month[:4]}"


def roubles(kopecks: int) -> str:
    """1234567 → 12 345,67"""
    return f"{kopecks // 100:,}".replace(",", "\u00a0") + f",{kopecks % 100:02}"


def clock(minutes: int) -> str:
    """95 → 1:35"""
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
