"""The life of a ticket as one bar («почему красная?»): what counted, what did not, and what came too late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """`x` and `width` in per cent of the whole; `kind` is a reason of the clock's, or `late`."""

    kind: str
    x: float
    width: float
    start: datetime
    end: datetime


def life_of(clock: Mapping[str, Any]) -> list[Piece]:
    """Without gaps, from registration to the end or to now; empty where there is no time to show."""
    spans = [(_moment(one["from"]), _moment(one["to"]), one) for one in clock["intervals"]]
    if not spans or spans[-1][1] <= spans[0][0]:
        return []
    first, last = spans[0][0], spans[-1][1]
    whole = (last - first).total_seconds()
    late = list(_late(clock, last))

    def piece(kind: str, start: datetime, end: datetime) -> Piece:
        x, width = (start - first).total_seconds(), (end - start).total_seconds()
        return Piece(kind, round(100 * x / whole, 3), round(100 * width / whole, 3), start, end)

    pieces = []
    for start, end, one in spans:
        cuts = sorted({start, end, *(edge for span in late for edge in span if start < edge < end)})
        for before, after in pairwise(cuts):
            is_late = one["counted"] and any(since <= before < until for since, until in late)
            pieces.append(piece("late" if is_late else one["reason"], before, after))
    return pieces


def _late(clock: Mapping[str, Any], last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From each deadline until what it was for happened, or until now."""
    for name in ("reaction", "resolution"):
        target = clock[name]
        due, met_at = _moment(target["due"]), target["met_at"]
        until = _moment(met_at) if met_at else last
        if due < until:
            yield due, until


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
