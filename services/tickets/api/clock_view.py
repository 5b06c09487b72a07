"""The clock of a ticket as the «почему красная?» bar shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.tickets.domain.plan import Plan
from services.tickets.domain.sla import Timing, intervals, used_time

_MINUTE = timedelta(minutes=1)


def clock_view(timing: Timing, plan: Plan, now: datetime) -> dict[str, Any]:
    """Shape: contracts.tickets_http.ClockView; the intervals end with the resolution, or now."""
    clock = timing.clock
    until = clock.resolved_at or now
    targets = plan.targets[timing.priority]
    reaction_used = used_time(plan, clock.started_at, clock.reacted_at or now, [])
    resolution_used = used_time(plan, clock.started_at, until, clock.paused_spans(until))
    return {
        "plan": plan.name,
        "intervals": [
            {"from": piece.start, "to": piece.end, "counted": piece.counted, "reason": piece.reason}
            for piece in intervals(plan, clock, until)
        ],
        "reaction": _target(targets.reaction, reaction_used, timing.reaction_due, clock.reacted_at),
        "resolution": _target(targets.resolution, resolution_used, timing.resolution_due, clock.resolved_at),
    }


def _target(target: int, used: timedelta, due: datetime, met_at: datetime | None) -> dict[str, Any]:
    return {"target_minutes": target, "used_minutes": used // _MINUTE, "due": due, "met_at": met_at}
