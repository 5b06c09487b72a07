"""The board of the day: who wants a dispatcher, and in which order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.clock import new_id
from contracts.people import StaffRef
from contracts.tickets import Status
from services.tickets.domain import board
from services.tickets.domain.assignment import Colleague
from services.tickets.domain.board import Standing
from tests.unit.tickets.samples import MONDAY, later

ORLOV = StaffRef(id=new_id(), full_name="Орлов Пётр")
BELOVA = StaffRef(id=new_id(), full_name="Белова Анна")


def _standing(number: int, **fields: Any) -> Standing:
    said = {
        "id": new_id(), "number": number, "version": 1, "status": Status.NEW, "state": "running",
        "due": later(hours=number), "received_at": MONDAY, "waits_since": None, "assignee": None,
    }  # fmt: skip
    return Standing(**{**said, **fields})


def _numbers(part: board.Part) -> list[int]:
    return [one.number for one in part.first]


def test_nobodys_tickets_stand_with_the_longest_waiting_first() -> None:
    those = [
        _standing(1, received_at=later(hours=2)),
        _standing(2, received_at=later(hours=1)),
        _standing(3, assignee=ORLOV),
    ]
    assert _numbers(board.unassigned(those)) == [2, 1]


def test_what_is_near_and_what_is_broken_are_apart_the_next_deadline_first() -> None:
    those = [_standing(3, state="warned"), _standing(1, state="warned"), _standing(2, state="broken")]
    assert _numbers(board.near(those)) == [1, 3]
    assert _numbers(board.broken(those)) == [2]


def test_only_a_silence_of_days_is_too_long() -> None:
    now: datetime = MONDAY + timedelta(days=10)
    those = [
        _standing(1, status=Status.WAITING, waits_since=now - timedelta(days=3)),
        _standing(2, status=Status.WAITING, waits_since=now - timedelta(days=1)),
        _standing(3, status=Status.NEW, received_at=now - timedelta(days=9)),
        _standing(4, status=Status.WAITING, waits_since=now - timedelta(days=4)),
    ]
    assert _numbers(board.waiting(those, now)) == [4, 1]


def test_all_are_counted_and_few_are_shown() -> None:
    part = board.unassigned([_standing(number) for number in range(1, 31)])
    assert (part.how_many, len(part.first)) == (30, board.SHOWN)


def _colleague(name: str, **fields: Any) -> Colleague:
    return Colleague(**{"id": new_id(), "full_name": name, "roles": ["specialist"], **fields})


def test_who_has_nothing_and_who_is_away_is_told_of() -> None:
    free, gone = _colleague("Сомов Лев"), _colleague("Ершов Ян", active=False)
    away = _colleague("Окунев Ким", away_until=later(days=2))
    back = _colleague("Язев Пров", away_until=later(days=-2))
    head = _colleague("Щукина Ева", roles=["manager"])
    those = [_standing(1, assignee=ORLOV), _standing(2, assignee=away.reference)]
    told = board.loads(those, [free, gone, away, back, head], MONDAY)
    assert [(one.staff.full_name, one.open, one.away_until) for one in told] == [
        ("Окунев Ким", 1, later(days=2)), ("Орлов Пётр", 1, None),
        ("Сомов Лев", 0, None), ("Язев Пров", 0, None),
    ]  # fmt: skip


def test_the_load_is_of_everybody_who_has_something_the_most_first() -> None:
    those = [
        _standing(1, assignee=BELOVA, state="broken"),
        _standing(2, assignee=ORLOV),
        _standing(3, assignee=ORLOV, status=Status.WAITING),
        _standing(4),
    ]
    assert [(one.staff, one.open, one.waiting, one.broken) for one in board.loads(those, [], MONDAY)] == [
        (ORLOV, 2, 1, 0), (BELOVA, 1, 0, 1),
    ]  # fmt: skip
