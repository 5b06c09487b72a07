"""What is promised: a calendar, and for each priority how soon one reacts and how soon it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator

from contracts.plans import PlanRef, PlanSaved
from contracts.tickets import Priority
from services.tickets.domain.calendar import Calendar, Hours

# The one that holds where no contract names another; it is there from the beginning, and can be changed.
DEFAULT_PLAN_ID = UUID("0198b0c0-0000-7000-8000-0000000000aa")


class Targets(NamedTuple):
    """Working minutes."""

    reaction: int
    resolution: int


class Plan(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: UUID
    version: int = 1
    name: str
    calendar: Calendar
    targets: Mapping[Priority, Targets]
    archived: bool = False

    @model_validator(mode="after")
    def _is_complete(self) -> Plan:
        if set(self.targets) != set(Priority):
            raise ValueError("a plan has targets for every priority")
        if any(target.reaction > target.resolution for target in self.targets.values()):
            raise ValueError("nothing is solved before anybody reacted")
        return self

    @property
    def reference(self) -> PlanRef:
        return PlanRef(id=self.id, name=self.name, version=self.version)

    def event(self) -> PlanSaved:
        return PlanSaved(id=self.id, version=self.version, name=self.name, archived=self.archived)


_OFFICE = (Hours(time(9), time(18)),)
DEFAULT_PLAN = Plan(
    id=DEFAULT_PLAN_ID,
    name="Стандартный",
    calendar=Calendar(zone="Europe/Moscow", week=dict.fromkeys(range(5), _OFFICE), country="RU"),
    targets=dict.fromkeys(Priority, Targets(reaction=30, resolution=8 * 60)),
)
