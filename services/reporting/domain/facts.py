"""What of a ticket is counted, cut down to days, minutes and ids."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from contracts.tickets import OPEN_STATUSES, Sla, Status, TicketState
from services.reporting.domain.projection import Known, Work


class Done(NamedTuple):
    """Minutes of work of one day by one person; `staff` is an id, empty for nobody of the staff."""

    day: str
    staff: str
    minutes: int
    additional: int


class Facts(BaseModel):
    """`day` is when it was received; `…_kept` is None where the target cannot be judged (yet).

    Minutes of reaction and resolution are those of the ticket's own clock; all ids are text.
    """

    model_config = ConfigDict(frozen=True)

    company: str
    category: str | None
    staff: str
    equipment: str | None
    priority: str
    status: str
    day: str
    weekday: int
    hour: int
    ended: str | None
    reaction: int | None
    assigned: int | None
    resolution: int | None
    reaction_kept: bool | None
    assigned_kept: bool | None
    resolution_kept: bool | None
    reason: str | None
    rating: int | None
    minutes: int
    additional: int
    work: tuple[Done, ...] = ()

    @property
    def is_merged(self) -> bool:
        return self.status == Status.MERGED.value

    @property
    def is_judged(self) -> bool:
        """One that was called off keeps and breaks nothing, however its clocks stand."""
        return self.status not in (Status.MERGED.value, Status.CANCELLED.value)

    def worked_days(self) -> list[str]:
        return sorted({done.day for done in self.work})


def facts_of(known: Known, zone: ZoneInfo) -> Facts | None:
    """None while nothing but a merged ticket's entries is known of it."""
    state = known.state
    if state is None:
        return None
    received = state.received_at.astimezone(zone)
    work = [one for one in known.work.values() if one.minutes]
    return Facts(
        company=str(state.company.id),
        category=state.category or None,
        staff=str(state.assignee.id) if state.assignee else "",
        equipment=str(state.equipment.id) if state.equipment else None,
        priority=state.priority.value,
        status=state.status.value,
        day=received.date().isoformat(),
        weekday=received.weekday(),
        hour=received.hour,
        ended=_ended(state, zone),
        reaction=state.sla.reaction_minutes if state.sla.reacted_at else None,
        assigned=state.assigned_reaction_minutes,
        resolution=_resolution(state),
        reaction_kept=_kept(state.sla.reacted_at, state.sla.reaction_due, state.sla.reaction_broken_at),
        assigned_kept=_assigned_kept(state),
        resolution_kept=_kept(_resolved(state), state.sla.resolution_due, state.sla.resolution_broken_at),
        reason=state.sla.breach_reason or None,
        rating=state.rating,
        minutes=sum(one.minutes for one in work),
        additional=sum(one.minutes for one in work if one.additional),
        work=_done(work, zone),
    )


def _ended(state: TicketState, zone: ZoneInfo) -> str | None:
    if state.status in OPEN_STATUSES:
        return None
    return _day(state.sla.resolved_at or state.updated_at, zone)


def _resolved(state: TicketState) -> datetime | None:
    """A ticket that was called off or merged was not resolved, however its clock was stopped."""
    return state.sla.resolved_at if state.status in (Status.RESOLVED, Status.CLOSED) else None


def _resolution(state: TicketState) -> int | None:
    return state.sla.resolution_minutes if _resolved(state) else None


def _kept(done_at: datetime | None, due: datetime, broken_at: datetime | None) -> bool | None:
    """As the SLA bar judges: a moment after the deadline is too late; what is running is not judged."""
    if done_at:
        return done_at <= due
    return False if broken_at else None


def _assigned_kept(state: TicketState) -> bool | None:
    """Minutes of a shift against the plan's target: two clocks, and the reports say so."""
    sla: Sla = state.sla
    if state.assigned_reaction_minutes is None or sla.reaction_target is None:
        return None
    return state.assigned_reaction_minutes <= sla.reaction_target


def _done(work: list[Work], zone: ZoneInfo) -> tuple[Done, ...]:
    """Together where day and person are the same."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in work:
        key = (_day(one.at, zone), str(one.staff.id) if one.staff else "")
        so_far = sums.setdefault(key, [0, 0])
        so_far[0] += one.minutes
        so_far[1] += one.minutes if one.additional else 0
    return tuple(Done(*key, *minutes) for key, minutes in sorted(sums.items()))


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat()
