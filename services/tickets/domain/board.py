"""The board of the day: which open tickets want a dispatcher, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from contracts.board_http import Load
from contracts.people import StaffRef
from contracts.tickets import Status
from services.tickets.domain.assignment import Colleague
from services.tickets.domain.sla import State

SHOWN = 6
WAITING_DAYS = 2


class Standing(NamedTuple):
    """An open ticket as the board looks at it; `due` is its next deadline, `waits_since` of the client."""

    id: UUID
    number: int
    version: int
    status: Status
    state: State
    due: datetime
    received_at: datetime
    waits_since: datetime | None
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
    """Those on which nothing was heard from the client for too long, whatever colleagues noted meanwhile."""
    too_long = now - timedelta(days=WAITING_DAYS)
    silent = [(one.waits_since, one) for one in open_ones if one.waits_since and one.waits_since < too_long]
    since = {one.id: moment for moment, one in silent}
    return _part((one for _, one in silent), lambda one: since[one.id])


def loads(open_ones: Iterable[Standing], colleagues: Iterable[Colleague], now: datetime) -> list[Load]:
    """Of everybody who has something, the most first; then the specialists who have nothing."""
    theirs: dict[UUID, list[Standing]] = {}
    staff: dict[UUID, StaffRef] = {}
    known = {one.id: one for one in colleagues}
    for one in open_ones:
        if one.assignee:
            theirs.setdefault(one.assignee.id, []).append(one)
            staff[one.assignee.id] = one.assignee
    staff |= {one.id: one.reference for one in known.values() if one.active and "specialist" in one.roles}
    counted = [_load(one, theirs.get(key, ()), known.get(key), now) for key, one in staff.items()]
    return sorted(counted, key=lambda load: (-load.open, load.staff.full_name))


def _load(staff: StaffRef, theirs: Sequence[Standing], known: Colleague | None, now: datetime) -> Load:
    return Load(
        staff=staff,
        away_until=known.away_until if known and known.is_away(now) else None,
        open=len(theirs),
        waiting=sum(one.status is Status.WAITING for one in theirs),
        broken=sum(one.state == "broken" for one in theirs),
    )


def _part(those: Iterable[Standing], urgency: Callable[[Standing], datetime]) -> Part:
    ordered = sorted(those, key=lambda one: (urgency(one), one.number))
    return Part(len(ordered), ordered[:SHOWN])
