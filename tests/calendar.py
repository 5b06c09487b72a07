"""Which day it is where the tested product works; at night that is not the machine's day."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from chassis.clock import now
from chassis.settings import Settings

_ZONE: ZoneInfo = Settings.model_fields["time_zone"].default


def today() -> date:
    return now().astimezone(_ZONE).date()
