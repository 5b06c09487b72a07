"""SLA plans over HTTP: a calendar, and how soon one reacts and solves by it."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
)

from contracts.day import Day
from contracts.text import Line
from contracts.tickets import Priority

MOST_INTERVALS, MOST_SPECIAL_DAYS, MOST_DAYS_SHOWN = 8, 400, 92
MOST_TARGET_MINUTES = 60 * 24 * 60


def _whole_minute(clock: time) -> time:
    if clock.second or clock.microsecond or clock.tzinfo:
        raise ValueError("hours and minutes, without a zone")
    return clock


_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:00)?$"


def _as_a_clock_shows(value: object) -> object:
    """Neither a number of seconds nor a time of some zone."""
    if not isinstance(value, time) and not (isinstance(value, str) and re.match(_CLOCK, value)):
        raise ValueError("a time of day is written hh:mm")
    return value


Clock = Annotated[
    time,
    BeforeValidator(_as_a_clock_shows),
    AfterValidator(_whole_minute),
    WithJsonSchema({"type": "string", "pattern": _CLOCK, "examples": ["09:00"]}),
]
PlanName = Annotated[Line, Field(min_length=1, max_length=100)]
Minutes = Annotated[int, Field(ge=1, le=MOST_TARGET_MINUTES, strict=True)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Interval(_Body):
    """By the wall clock of the calendar's zone; `to` 00:00 is the midnight that ends the day."""

    from_: Clock = Field(alias="from")
    to: Clock


Intervals = Annotated[list[Interval], Field(max_length=MOST_INTERVALS)]


class SpecialDay(_Body):
    """A day that is otherwise than its weekday, also where it is a holiday; without intervals it is free."""

    day: Day
    hours: Intervals


class CalendarBody(_Body):
    """`week` is Monday to Sunday; `country` (ISO 3166-1, two letters): its public holidays are free."""

    zone: Annotated[Line, Field(min_length=1, max_length=60)]
    week: Annotated[list[Intervals], Field(min_length=7, max_length=7)]
    country: Annotated[Line, Field(max_length=2)] = ""
    special: Annotated[list[SpecialDay], Field(max_length=MOST_SPECIAL_DAYS)] = []


class TargetsBody(_Body):
    """Working minutes of the calendar."""

    reaction: Minutes
    resolution: Minutes


class NewPlan(_Body):
    """`targets` for each of the priorities."""

    name: PlanName
    calendar: CalendarBody
    targets: dict[Priority, TargetsBody]


class PlanPatch(_Body):
    """Absent fields stay; a changed calendar or target winds the clocks of open tickets anew."""

    name: PlanName = ""
    calendar: CalendarBody | None = None
    targets: dict[Priority, TargetsBody] | None = None
    archived: StrictBool = False


class PlanView(BaseModel):
    """`is_default`: it holds wherever no contract names another, and cannot be archived."""

    id: UUID
    name: str
    calendar: CalendarBody
    targets: dict[Priority, TargetsBody]
    is_default: bool
    archived: bool
    version: int


class PlanList(BaseModel):
    items: list[PlanView]


class PlanDay(BaseModel):
    """A day as the plan counts it; `holiday` is what the country calls it, empty for none."""

    day: Day
    hours: list[Interval]
    holiday: str
    minutes: int


class PlanDays(BaseModel):
    """`now`: whether the plan counts at this moment."""

    items: list[PlanDay]
    now: AwareDatetime
    is_working: bool
