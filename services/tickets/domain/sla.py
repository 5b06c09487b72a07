"""The clock of a ticket: what counts towards reaction and resolution, until when, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from contracts.plans import PlanRef
from contracts.tickets import Priority
from services.tickets.domain.calendar import Span, moment_after, without
from services.tickets.domain.plan import Plan

State = Literal["running", "paused", "warned", "broken", "met"]

# A warning when so much of a target is used (product.md).
_WARNED_AT = 0.8


class Pause(BaseModel):
    """Resolution does not count from `since` `until` (None: still so); `reason` is the status behind it."""

    model_config = ConfigDict(frozen=True)

    since: datetime
    until: datetime | None = None
    reason: Literal["waiting", "resolved"]


class Clock(BaseModel):
    """What happened to the clock since registration; the deadlines follow from it and the plan.

    It never runs backwards, though the replicas that tell it the time may disagree.
    """

    model_config = ConfigDict(frozen=True)

    started_at: datetime
    reacted_at: datetime | None = None
    resolved_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def paused_at(self) -> datetime | None:
        return self.pauses[-1].since if self.pauses and self.pauses[-1].until is None else None

    @property
    def _latest(self) -> datetime:
        """The last moment at which it was paused or resumed."""
        last = self.pauses[-1] if self.pauses else None
        return (last.until or last.since) if last else self.started_at

    def react(self, at: datetime) -> Clock:
        """The first reaction counts, and stays."""
        if self.reacted_at:
            return self
        return self.model_copy(update={"reacted_at": max(at, self.started_at)})

    def pause(self, at: datetime, reason: Literal["waiting", "resolved"]) -> Clock:
        resumed = self.resume(at)
        since = max(at, resumed._latest)
        pauses = (*resumed.pauses, Pause(since=since, reason=reason))
        resolved_at = since if reason == "resolved" else None
        return resumed.model_copy(update={"pauses": pauses, "resolved_at": resolved_at})

    def resume(self, at: datetime) -> Clock:
        """Waiting or a resolution that did not hold is over; what was left of the target is left again."""
        if not self.paused_at:
            return self
        ended = self.pauses[-1].model_copy(update={"until": max(at, self._latest)})
        return self.model_copy(update={"pauses": (*self.pauses[:-1], ended), "resolved_at": None})

    def paused_spans(self, until: datetime) -> list[Span]:
        spans = [Span(pause.since, pause.until or max(until, pause.since)) for pause in self.pauses]
        return [span for span in spans if span.start < span.end]


class Timing(NamedTuple):
    """What a ticket's clock is shown from; `plan` None: from before there were plans."""

    plan: PlanRef | None
    clock: Clock
    priority: Priority
    reaction_due: datetime
    resolution_due: datetime


def reaction_due(plan: Plan, priority: Priority, clock: Clock) -> datetime:
    """Reaction never pauses."""
    target = timedelta(minutes=plan.targets[priority].reaction)
    return moment_after(plan.calendar, clock.started_at, target, [])


def resolution_due(plan: Plan, priority: Priority, clock: Clock) -> datetime:
    """From registration, less all ended pauses; while one lasts, as if it ended at once."""
    target = timedelta(minutes=plan.targets[priority].resolution)
    paused = clock.paused_spans(clock.started_at)
    return moment_after(plan.calendar, clock.started_at, target, paused)


def used_time(plan: Plan, start: datetime, end: datetime, pauses: list[Span]) -> timedelta:
    counted = without(plan.calendar.working_spans(start, end), pauses)
    return sum((span.end - span.start for span in counted), timedelta())


class Interval(NamedTuple):
    """`reason`: working, waiting, resolved or outside_hours."""

    start: datetime
    end: datetime
    counted: bool
    reason: str


def intervals(plan: Plan, clock: Clock, until: datetime) -> list[Interval]:
    """The ticket's whole life from registration, cut where counting starts or stops, without gaps."""
    pauses = [
        Interval(span.start, span.end, False, pause.reason)
        for pause, span in zip(clock.pauses, _spans_of(clock, until), strict=True)
    ]
    paused = [Span(pause.start, pause.end) for pause in pauses if pause.start < pause.end]
    working = without(plan.calendar.working_spans(clock.started_at, until), paused)
    counted = [Interval(span.start, span.end, True, "working") for span in working]
    pieces = sorted(piece for piece in (*pauses, *counted) if piece.start < piece.end)
    return _fill_gaps(pieces, clock.started_at, until)


def _spans_of(clock: Clock, until: datetime) -> list[Span]:
    return [Span(pause.since, min(pause.until or until, until)) for pause in clock.pauses]


def _fill_gaps(pieces: list[Interval], start: datetime, end: datetime) -> list[Interval]:
    filled: list[Interval] = []
    for piece in pieces:
        if start < piece.start:
            filled.append(Interval(start, piece.start, False, "outside_hours"))
        filled.append(piece)
        start = piece.end
    if start < end:
        filled.append(Interval(start, end, False, "outside_hours"))
    return filled


def judge(
    *,
    started_at: datetime,
    reaction_due: datetime,
    resolution_due: datetime,
    reacted_at: datetime | None,
    resolved_at: datetime | None,
    paused_at: datetime | None,
    reaction_warn_at: datetime | None = None,
    resolution_warn_at: datetime | None = None,
    now: datetime,
) -> State:
    """How the clock stands at `now`; a missed target stays missed, and none is missed while paused.

    A ticket cancelled before anybody reacted needs no reaction any more.
    Tickets from before there were plans have no moments to warn: elapsed time serves them.
    """
    stands_at = resolved_at or paused_at or now
    if (reacted_at or resolved_at or now) > reaction_due or stands_at > resolution_due:
        return "broken"
    if resolved_at:
        return "met"
    if paused_at:
        return "paused"
    warn_at = resolution_warn_at or _elapsed(started_at, resolution_due)
    if not reacted_at:
        warn_at = min(warn_at, reaction_warn_at or _elapsed(started_at, reaction_due))
    return "warned" if now >= warn_at else "running"


def _elapsed(start: datetime, due: datetime) -> datetime:
    return start + (due - start) * _WARNED_AT
