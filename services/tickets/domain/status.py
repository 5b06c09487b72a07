"""The state machine: which status may follow which."""

from __future__ import annotations

from contracts.tickets import Status

_NEXT: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.IN_PROGRESS, Status.WAITING, Status.RESOLVED, Status.CANCELLED}),
    Status.IN_PROGRESS: frozenset({Status.WAITING, Status.RESOLVED, Status.CANCELLED}),
    Status.WAITING: frozenset({Status.IN_PROGRESS, Status.RESOLVED, Status.CANCELLED}),
    Status.RESOLVED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.IN_PROGRESS}),
    Status.CANCELLED: frozenset({Status.IN_PROGRESS}),
    Status.MERGED: frozenset(),
}

ENDED = frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED, Status.MERGED})
# A word of the requester brings a ticket back to work from these.
AWAKENED_BY_REQUESTER = frozenset({Status.WAITING, Status.RESOLVED, Status.CLOSED})


def may_follow(before: Status, after: Status) -> bool:
    return after in _NEXT[before]


def followers(status: Status) -> frozenset[Status]:
    return _NEXT[status]
