"""What was promised of a ticket: deadlines, when to warn of them, what of them was used and broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from contracts.plans import PlanRef
from contracts.tickets import Priority, SlaTarget
from services.tickets.domain.calendar import moment_after
from services.tickets.domain.plan import Plan
from services.tickets.domain.sla import Clock, reaction_due, resolution_due, used_time

# A warning when so much of a target is used (product.md), in hundredths.
_WARNED_AT = 80
_MINUTE = timedelta(minutes=1)
# A target is broken after its last moment, not in it; MongoDB counts in milliseconds.
_JUST_AFTER = timedelta(milliseconds=1)


# What lists and events tell of it, beside the plan's name.
TOLD_FIELDS = (
    "reaction_target",
    "resolution_target",
    "reaction_minutes",
    "resolution_minutes",
    "reaction_broken_at",
    "resolution_broken_at",
)


class Stage(NamedTuple):
    """`is_breach`: the target is broken; otherwise it was only warned of."""

    target: SlaTarget
    is_breach: bool


class Promise(BaseModel):
    """Minutes are working minutes of the plan's calendar, as are the targets.

    `told` are the stages of which an event was said, once each whatever changes later; `look_at` is when the
    next one may have come; `is_near`: as of the last look a target was warned of and none missed.
    """

    model_config = ConfigDict(frozen=True)

    plan: PlanRef
    reaction_target: int
    resolution_target: int
    reaction_due: datetime
    resolution_due: datetime
    reaction_warn_at: datetime
    resolution_warn_at: datetime
    reaction_minutes: int | None = None
    resolution_minutes: int | None = None
    reaction_broken_at: datetime | None = None
    resolution_broken_at: datetime | None = None
    told: tuple[Stage, ...] = ()
    look_at: datetime | None = None
    is_near: bool = False

    def told_of(self) -> dict[str, Any]:
        """Its part of contracts.tickets.Sla."""
        return {"plan": self.plan.name, **{name: getattr(self, name) for name in TOLD_FIELDS}}

    def due(self, target: SlaTarget) -> datetime:
        return self.reaction_due if target == "reaction" else self.resolution_due

    def broken_at(self, target: SlaTarget) -> datetime | None:
        return self.reaction_broken_at if target == "reaction" else self.resolution_broken_at

    def warn_at(self, target: SlaTarget) -> datetime:
        return self.reaction_warn_at if target == "reaction" else self.resolution_warn_at


def promise(plan: Plan, priority: Priority, clock: Clock, before: Promise | None = None) -> Promise:
    """From registration, less all pauses, whatever was promised before; only what was told is remembered."""
    targets = plan.targets[priority]
    reaction, resolution = reaction_due(plan, priority, clock), resolution_due(plan, priority, clock)
    pauses = clock.paused_spans(clock.started_at)
    start = clock.started_at
    new = Promise(
        plan=plan.reference,
        reaction_target=targets.reaction,
        resolution_target=targets.resolution,
        reaction_due=reaction,
        resolution_due=resolution,
        reaction_warn_at=moment_after(plan.calendar, start, _share(targets.reaction), []),
        resolution_warn_at=moment_after(plan.calendar, start, _share(targets.resolution), pauses),
        reaction_minutes=_used(plan, clock, clock.reacted_at, is_paused=False),
        resolution_minutes=_used(plan, clock, clock.resolved_at, is_paused=True),
        told=before.told if before else (),
    )
    kept = {
        f"{target}_broken_at": before.broken_at(target)
        for target in _TARGETS
        if before and before.due(target) == new.due(target)
    }
    return new.model_copy(update=kept)


_TARGETS: tuple[SlaTarget, ...] = ("reaction", "resolution")


def _share(minutes: int) -> timedelta:
    return minutes * _MINUTE * _WARNED_AT / 100


def _used(plan: Plan, clock: Clock, until: datetime | None, *, is_paused: bool) -> int | None:
    if until is None:
        return None
    pauses = clock.paused_spans(until) if is_paused else []
    return used_time(plan, clock.started_at, until, pauses) // _MINUTE


def watched(promised: Promise, clock: Clock, now: datetime) -> tuple[Promise, list[Stage]]:
    """What has to be told by `now`, and the promise with that noted.

    A warning that comes with its breach is not made up for: nobody can do anything with it any more.
    """
    reached = list(_reached(promised, clock, now))
    stages = [stage for stage in reached if stage not in promised.told]
    told = [*promised.told, *stages]
    told += [Stage(one.target, is_breach=False) for one in stages if one.is_breach]
    noted = promised.model_copy(
        update={
            **{f"{one.target}_broken_at": promised.due(one.target) for one in reached if one.is_breach},
            "told": tuple(dict.fromkeys(told)),
            "is_near": bool(reached) and _runs(clock) and not any(stage.is_breach for stage in reached),
        }
    )
    return noted.model_copy(update={"look_at": _next_look(noted, clock, now)}), stages


def _reached(promised: Promise, clock: Clock, now: datetime) -> Iterator[Stage]:
    for target in _TARGETS:
        stopped = _stopped_at(target, clock)
        stands = stopped or now
        if stands > promised.due(target):
            yield Stage(target, is_breach=True)
        elif stopped is None and stands >= promised.warn_at(target):
            yield Stage(target, is_breach=False)


def _runs(clock: Clock) -> bool:
    return clock.resolved_at is None and clock.paused_at is None


def _stopped_at(target: SlaTarget, clock: Clock) -> datetime | None:
    """When it stopped counting; reaction does not pause, and needs none once the ticket is solved."""
    if target == "reaction":
        return clock.reacted_at or clock.resolved_at
    return clock.resolved_at or clock.paused_at


def _next_look(promised: Promise, clock: Clock, now: datetime) -> datetime | None:
    """Also where a later deadline comes near and passes anew: that is noted, though it was told before."""
    moments = []
    for target in _TARGETS:
        if _stopped_at(target, clock) or promised.broken_at(target):
            continue
        warn_at, due = promised.warn_at(target), promised.due(target)
        moments.append(warn_at if now < warn_at else due + _JUST_AFTER)
    return min(moments, default=None)
