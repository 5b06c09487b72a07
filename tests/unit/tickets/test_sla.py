"""The clock of a ticket: what pauses it, what it adds up to, and how it is judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.tickets import Priority, Status
from services.tickets.domain.calendar import Calendar, moment_after
from services.tickets.domain.plan import DEFAULT_PLAN, DEFAULT_PLAN_ID, Plan, Targets
from services.tickets.domain.sla import (
    Clock,
    State,
    intervals,
    judge,
    reaction_due,
    resolution_due,
    used_time,
)
from tests.unit.tickets.calendars import MINUTE, calendars, counted_minutes, moments
from tests.unit.tickets.samples import MONDAY, SPECIALIST, a_ticket, later, set_fields

_QUICK = dict.fromkeys(Priority, Targets(reaction=30, resolution=240))
_PLAN = DEFAULT_PLAN.model_copy(
    update={"targets": {**DEFAULT_PLAN.targets, Priority.URGENT: Targets(reaction=10, resolution=60)}}
)
_STEPS = st.lists(
    st.tuples(st.integers(-90, 600), st.sampled_from(["waiting", "resolved", "resume", "react"])), max_size=8
)


def _wound(start: datetime, steps: list[tuple[int, str]]) -> tuple[Clock, datetime]:
    """A clock that lived through the steps, some of them told by a watch that is behind; and now."""
    clock, at = Clock(started_at=start), start
    for minutes, what in steps:
        at += minutes * MINUTE
        if what == "resume":
            clock = clock.resume(at)
        elif what == "react":
            clock = clock.react(at)
        else:
            reason: Literal["waiting", "resolved"] = "waiting" if what == "waiting" else "resolved"
            clock = clock.pause(at, reason)
    latest = [start, at, *(p.since for p in clock.pauses), *(p.until or start for p in clock.pauses)]
    return clock, max(latest) + 30 * MINUTE


@given(data=st.data(), calendar=calendars(), steps=_STEPS)
@settings(max_examples=60)
def test_intervals_have_no_gaps_and_add_up_to_the_used_time(
    data: st.DataObject, calendar: Calendar, steps: list[tuple[int, str]]
) -> None:
    plan = Plan(id=DEFAULT_PLAN_ID, name="any", calendar=calendar, targets=_QUICK)
    start = data.draw(moments(plan.calendar))
    clock, now = _wound(start, steps)
    pieces = intervals(plan, clock, now)
    assert (pieces[0].start, pieces[-1].end) == (start, now)
    assert all(before.end == after.start for before, after in pairwise(pieces))
    assert all(piece.start < piece.end for piece in pieces)
    counted = sum((piece.end - piece.start for piece in pieces if piece.counted), timedelta())
    assert counted == used_time(plan, start, now, clock.paused_spans(now))
    assert counted == counted_minutes(plan.calendar, start, now, clock.paused_spans(now)) * MINUTE


@given(steps=_STEPS)
def test_pauses_follow_one_another_whatever_the_watches_say(steps: list[tuple[int, str]]) -> None:
    clock, _ = _wound(MONDAY, steps)
    edges = [MONDAY]
    for pause in clock.pauses:
        edges += [pause.since, pause.until or pause.since]
    assert edges == sorted(edges)
    assert all(pause.until for pause in clock.pauses[:-1])


@given(steps=_STEPS)
def test_a_deadline_is_registration_and_target_and_all_pauses(steps: list[tuple[int, str]]) -> None:
    clock, now = _wound(MONDAY, steps)
    running = clock.resume(now)
    due = resolution_due(DEFAULT_PLAN, Priority.NORMAL, running)
    assert used_time(DEFAULT_PLAN, MONDAY, due, running.paused_spans(due)) == timedelta(hours=8)


def test_the_reaction_never_pauses() -> None:
    clock = Clock(started_at=MONDAY).pause(later(minutes=5), "waiting").resume(later(hours=3))
    assert reaction_due(DEFAULT_PLAN, Priority.NORMAL, clock) == later(minutes=30)


def test_waiting_moves_the_deadline_by_the_working_time_waited() -> None:
    ticket = a_ticket()
    set_fields(ticket, later(hours=1), status=Status.WAITING)
    set_fields(ticket, later(hours=25), status=Status.IN_PROGRESS)
    unpaused = moment_after(DEFAULT_PLAN.calendar, MONDAY, timedelta(hours=8 + 9), [])
    assert ticket.resolution_due == unpaused


def test_a_change_of_priority_keeps_the_pauses() -> None:
    ticket = a_ticket()
    set_fields(ticket, later(minutes=20), status=Status.WAITING)
    set_fields(ticket, later(minutes=80), status=Status.IN_PROGRESS)
    ticket.change({"priority": Priority.URGENT}, SPECIALIST, later(minutes=90), _PLAN, ticket.id)
    assert ticket.reaction_due == later(minutes=10)
    assert ticket.resolution_due == later(hours=2)
    ticket.change({"priority": Priority.NORMAL}, SPECIALIST, later(minutes=95), _PLAN, ticket.id)
    assert ticket.resolution_due == moment_after(DEFAULT_PLAN.calendar, MONDAY, timedelta(hours=9), [])


def test_a_change_of_priority_while_waiting_keeps_the_earlier_pauses() -> None:
    ticket = a_ticket()
    for at, status in ((20, Status.WAITING), (80, Status.IN_PROGRESS), (90, Status.WAITING)):
        set_fields(ticket, later(minutes=at), status=status)
    ticket.change({"priority": Priority.URGENT}, SPECIALIST, later(minutes=400), _PLAN, ticket.id)
    assert ticket.resolution_due == later(hours=2)
    set_fields(ticket, later(minutes=480), status=Status.IN_PROGRESS)
    assert ticket.clock.paused_at is None


def test_the_first_reaction_stays() -> None:
    clock = Clock(started_at=MONDAY).react(later(minutes=7)).react(later(minutes=3)).react(later(hours=9))
    assert clock.reacted_at == later(minutes=7)


def test_a_reply_from_before_the_pause_ends_it_without_a_negative_one() -> None:
    clock = Clock(started_at=MONDAY).pause(later(hours=2), "waiting").resume(later(hours=1))
    assert clock.paused_at is None
    assert clock.paused_spans(later(hours=3)) == []


@pytest.mark.parametrize(
    ("now", "reacted", "resolved", "paused", "state"),
    [
        (10, None, None, None, "running"),
        (25, None, None, None, "warned"),
        (31, None, None, None, "broken"),
        (31, 20, None, None, "running"),
        (100, 31, None, None, "broken"),
        (400, 20, None, None, "warned"),
        (481, 20, None, None, "broken"),
        (900, 20, None, 300, "paused"),
        (900, 20, None, 500, "broken"),
        (900, 20, 470, 470, "met"),
        (900, 20, 500, 500, "broken"),
        (900, None, 20, 20, "met"),
        (900, None, 40, 40, "broken"),
    ],
)
def test_how_the_clock_stands(
    now: int, reacted: int | None, resolved: int | None, paused: int | None, state: State
) -> None:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else later(minutes=minutes)

    judged = judge(
        started_at=MONDAY,
        reaction_due=later(minutes=30),
        resolution_due=later(minutes=480),
        reacted_at=at(reacted),
        resolved_at=at(resolved),
        paused_at=at(paused),
        now=later(minutes=now),
    )
    assert judged == state


def test_a_missed_resolution_stays_missed_when_the_ticket_is_reopened() -> None:
    ticket = a_ticket()
    set_fields(ticket, later(minutes=5), status=Status.IN_PROGRESS)
    set_fields(ticket, later(days=3), status=Status.RESOLVED)
    set_fields(ticket, later(days=4), status=Status.IN_PROGRESS)
    assert ticket.sla(later(days=4)).state == "broken"


def test_a_later_deadline_is_watched_anew_though_the_earlier_one_was_told() -> None:
    """It comes near and passes as any other; only told it is once."""
    ticket = a_ticket()
    ticket.change({"priority": Priority.URGENT}, SPECIALIST, later(minutes=1), _PLAN, ticket.id)
    ticket.watch(later(hours=2))
    assert ticket.has_missed
    ticket.change({"priority": Priority.NORMAL}, SPECIALIST, later(minutes=16), _PLAN, ticket.id)
    ticket.take_events()
    seen = []
    while ticket.promise and (look := ticket.promise.look_at):
        ticket.watch(look)
        seen.append((ticket.sla(look).state, ticket.promise.is_near, ticket.has_missed))
    assert seen[:2] == [("warned", True, False), ("broken", False, True)]
    assert ticket.take_events() == []
