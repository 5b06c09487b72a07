"""Hours, days and targets as people write them, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_INTERVAL = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
_SEPARATOR = re.compile(r"[,;\s]*")
_CLOCKED = re.compile(r"(\d{1,4}):(\d{2})")
_UNITS = re.compile(r"(?:(\d{1,4})\s*(?:ч|h)[^\d]*)?(?:(\d{1,5})\s*(?:м|m)?[^\d]*)?", re.IGNORECASE)


def name_in(text: str) -> str:
    """Raises ValueError without any."""
    if not (name := text.strip()):
        raise ValueError(text)
    return name


def intervals_in(text: str) -> list[dict[str, str]]:
    """«09:00–13:00, 14:00–18:00»; nothing: the day is free. Raises ValueError."""
    found = list(_INTERVAL.finditer(text))
    if _SEPARATOR.sub("", _INTERVAL.sub("", text)):
        raise ValueError(text)
    return [{"from": _clock(one[1], one[2]), "to": _clock(one[3], one[4])} for one in found]


def _clock(hours: str, minutes: str) -> str:
    """24:00 is the midnight that ends the day. Raises ValueError."""
    hour, minute = int(hours), int(minutes)
    if (hour, minute) == (24, 0):
        return "00:00"
    if hour > 23 or minute > 59:
        raise ValueError(f"{hours}:{minutes}")
    return f"{hour:02}:{minute:02}"


def written_intervals(intervals: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(f"{one['from'][:5]}–{_end(one['to'][:5])}" for one in intervals)


def _end(clock: str) -> str:
    return "24:00" if clock == "00:00" else clock


def minutes_in(text: str) -> int:
    """«8 ч», «30 мин», «1 ч 30 мин», «1:30», or a number of minutes. Raises ValueError."""
    said = text.strip()
    if clocked := _CLOCKED.fullmatch(said):
        return int(clocked[1]) * 60 + int(clocked[2])
    found = _UNITS.fullmatch(said)
    if not said or not found:
        raise ValueError(text)
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def special_days_in(text: str) -> list[dict[str, Any]]:
    """A line each: «31.12.2026 10:00–14:00»; without hours the day is free. Raises ValueError."""
    days = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _, hours = line.partition(" ")
        days.append({"day": _day(day).isoformat(), "hours": intervals_in(hours)})
    return days


def _day(text: str) -> date:
    number, dot, rest = text.partition(".")
    month, _dot, year = rest.partition(".")
    return date(int(year), int(month), int(number)) if dot else date.fromisoformat(text)


def written_special_days(days: Iterable[Mapping[str, Any]]) -> str:
    lines = (f"{date.fromisoformat(one['day']):%d.%m.%Y} {written_intervals(one['hours'])}" for one in days)
    return "\n".join(line.strip() for line in lines)
