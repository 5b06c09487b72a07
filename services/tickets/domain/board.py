"""The board of the day: which open tickets want a dispatcher, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from contracts.board_http import Load
from contracts.people import StaffRef
from contracts.tickets import Status
from services.tickets.domain.sla import State

SHOWN = 8
WAITING_DAYS = 2


class Standing(NamedTuple):
    """An open ticket as the board looks at it; `due` is its next deadline."""

    id: UUID
    number: int
    version: int
    status: Status
    state: State
    due: datetime
    received_at: datetime
    updated_at: datetime
    assignee: StaffRef | None


class Part(NamedTuple):
    how_many: int
    first: list[Standing]


def unassigned(open_ones: Iterable[Standing]) -> Part:
    """The longest waiting first."""
    return _part((one for one in open_ones if one.assignee is None), lambda one: one.received_at)


def near(open_ones: Iterable[Standing]) -> Part:
    return _part((one for one in open_ones if one.state == "warned"), lambda one: one.due)


def broken(open_ones: Iterable[Standing]) -> Part:
    return _part((one for one in open_ones if one.state == "broken"), lambda one: one.due)


def waiting(open_ones: Iterable[Standing], now: datetime) -> Part:
    """Those of which nothing was heard from the client for too long."""
    too_long = now - timedelta(days=WAITING_DAYS)
    silent = (one for one in open_ones if one.status is Status.WAITING and one.updated_at < too_long)
    return _part(silent, lambda one: one.updated_at)


def loads(open_ones: Iterable[Standing]) -> list[Load]:
    """Of everybody who has something, the most first."""
    theirs: dict[UUID, list[Standing]] = {}
    for one in open_ones:
        if one.assignee:
            theirs.setdefault(one.assignee.id, []).append(one)
    return sorted(map(_load, theirs.values()), key=lambda load: (-load.open, load.staff.full_name))


def _load(theirs: Sequence[Standing]) -> Load:
    staff = theirs[-1].assignee
    if staff is None:
        raise AssertionError("only tickets that somebody has are counted")
    return Load(
        staff=staff,
        open=len(theirs),
        waiting=sum(one.status is Status.WAITING for one in theirs),
        broken=sum(one.state == "broken" for one in theirs),
    )


def _part(those: Iterable[Standing], urgency: Callable[[Standing], datetime]) -> Part:
    ordered = sorted(those, key=lambda one: (urgency(one), one.number))
    return Part(len(ordered), ordered[:SHOWN])
