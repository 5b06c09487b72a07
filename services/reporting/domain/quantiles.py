"""Medians and percentiles of whole minutes, from how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping


def percentile(counted: Mapping[int, int], percent: int) -> int | None:
    """By nearest rank: a value that really occurs. None of nothing."""
    total = sum(counted.values())
    if not total:
        return None
    rank = -(-percent * total // 100)
    for value in sorted(counted):
        rank -= counted[value]
        if rank <= 0:
            return value
    raise AssertionError("a rank is never beyond the last value")


def median(counted: Mapping[int, int]) -> int | None:
    return percentile(counted, 50)


def share(part: int, whole: int) -> float | None:
    """Null is not zero: of nothing there is no share."""
    return round(part / whole, 4) if whole else None


def change(after: int, before: int) -> float | None:
    return round((after - before) / before, 4) if before else None
