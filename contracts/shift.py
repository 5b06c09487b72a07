"""When a specialist works: hours by weekday, by the wall clock of one time zone."""

from __future__ import annotations

from datetime import time
from functools import cache
from itertools import pairwise
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from contracts.text import Line


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("there is no such time zone")
    return name


def _whole_minute(clock: time) -> time:
    if clock.second or clock.microsecond or clock.tzinfo:
        raise ValueError("hours and minutes, without a zone")
    return clock


Clock = Annotated[time, AfterValidator(_whole_minute)]
Zone = Annotated[Line, Field(min_length=1, max_length=60), AfterValidator(_known_zone)]


class ShiftHours(BaseModel):
    """`to` 00:00 is the midnight that ends the day."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)

    from_: Clock = Field(alias="from")
    to: Clock

    @model_validator(mode="after")
    def _goes_forward(self) -> ShiftHours:
        if self.to != time() and self.to <= self.from_:
            raise ValueError("hours end after they begin")
        return self


DayHours = Annotated[tuple[ShiftHours, ...], Field(max_length=8)]


class Shift(BaseModel):
    """`week` is Monday to Sunday; a day without hours is free."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zone: Zone
    week: Annotated[tuple[DayHours, ...], Field(min_length=7, max_length=7)]

    @model_validator(mode="after")
    def _is_in_order(self) -> Shift:
        for hours in self.week:
            if any(one.to == time() or one.to > later.from_ for one, later in pairwise(hours)):
                raise ValueError("hours of a day follow one another")
        return self
