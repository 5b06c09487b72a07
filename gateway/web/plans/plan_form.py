"""The editor's fields: what a plan says in them, and what they say of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.web.labels import PRIORITIES
from gateway.web.plans.written import (
    intervals_in,
    minutes_in,
    name_in,
    special_days_in,
    written_intervals,
    written_special_days,
)

WEEKDAYS = range(7)
_TARGETS = ("reaction", "resolution")


@dataclass
class Written:
    """`wrong`: the names of the fields that say nothing that can be."""

    fields: dict[str, str]
    wrong: list[str] = field(default_factory=list)

    def take(self, name: str, read: Any) -> Any:
        try:
            return read(self.fields.get(name, ""))
        except ValueError:
            self.wrong.append(name)
            return None


def fields_of(plan: Mapping[str, Any], spent: Any) -> dict[str, str]:
    """`spent` writes minutes for people."""
    calendar = plan["calendar"]
    fields = {
        "name": plan["name"],
        "zone": calendar["zone"],
        "country": calendar["country"],
        "special": written_special_days(calendar["special"]),
    }
    fields |= {f"day-{day}": written_intervals(calendar["week"][day]) for day in WEEKDAYS}
    for priority, targets in plan["targets"].items():
        fields |= {f"{name}-{priority}": spent(minutes) for name, minutes in targets.items()}
    return fields


def body_of(written: Written) -> dict[str, Any]:
    """For the service; what cannot be read is noted in `written.wrong`."""
    calendar = {
        "zone": written.fields.get("zone", "").strip(),
        "country": written.fields.get("country", "").strip(),
        "week": [written.take(f"day-{day}", intervals_in) for day in WEEKDAYS],
        "special": written.take("special", special_days_in),
    }
    targets = {
        priority: {name: written.take(f"{name}-{priority}", minutes_in) for name in _TARGETS}
        for priority in PRIORITIES
    }
    return {"name": written.take("name", name_in), "calendar": calendar, "targets": targets}
