"""3. Effectiveness: how soon one reacts and resolves."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.people import StaffRef
from contracts.reports_http.asked import Clock
from contracts.reports_http.report import Period, Report, Step


class Speed(BaseModel):
    """How soon, in whole minutes of `clock`.

    `plan`: working minutes since registration; `shift`: minutes of the assignee's shift since assignment.
    `tickets` have such a figure; `median` and `p90` are theirs (nearest rank). `judged` have it and a
    target, or missed it, and were not cancelled; `within` of them kept it. The target is always the plan's,
    in working minutes: with the clock `shift` two clocks are compared, which a page has to say.
    """

    clock: Clock
    tickets: int
    median: int | None
    p90: int | None
    judged: int
    within: int
    share_within: float | None


class StaffSpeed(BaseModel):
    """Tickets received in the period whose assignee this is now; `staff` null: without one."""

    staff: StaffRef | None
    tickets: int
    minutes: int
    rating: float | None
    from_registration: Speed
    from_assignment: Speed


class HeatCell(BaseModel):
    """Tickets received at this weekday (0 Monday) and hour (0–23), by the wall clock of the service's zone.

    `median` is of working minutes (`plan`): a ticket of the night waits for the morning without using any.
    """

    weekday: int
    hour: int
    tickets: int
    median: int | None


class SpeedStep(Step):
    """From registration to reaction, in working minutes of the plan."""

    tickets: int
    median: int | None
    p90: int | None


class EffectivenessReport(Report):
    """Of tickets received in the period, merged ones left out."""

    previous: Period
    tickets: int
    previous_tickets: int
    from_registration: Speed
    previous_from_registration: Speed
    from_assignment: Speed
    resolution: Speed
    previous_resolution: Speed
    steps: list[SpeedStep]
    rating: float | None
    ratings: int
    staff: list[StaffSpeed]
    heat: list[HeatCell]
