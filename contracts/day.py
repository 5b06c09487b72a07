"""A calendar day as it is written, kept and sorted: «2026-11-23», nothing else; and a moment of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, PlainSerializer

# Whoever writes another year has mistyped it; and nothing here has to reckon with the ends of time.
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(value: object) -> object:
    """Neither a time nor a number of seconds is a day."""
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        return value
    if type(value) is date:
        return value
    raise ValueError("a day is written YYYY-MM-DD")


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"a day between {EARLIEST} and {LATEST}")
    return day


Day = Annotated[
    date,
    BeforeValidator(_as_written),
    AfterValidator(_in_range),
    PlainSerializer(date.isoformat, return_type=str),
]
"""Serialized as text, also for the store: MongoDB has no day, and the text sorts as the days do."""


def _as_a_moment(value: object) -> object:
    """A number of seconds is no moment as people write it."""
    if not isinstance(value, datetime) and not (isinstance(value, str) and _MOMENT.match(value)):
        raise ValueError("a moment is written YYYY-MM-DDThh:mm:ssZ")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_as_a_moment)]
"""RFC 3339, with its offset."""
