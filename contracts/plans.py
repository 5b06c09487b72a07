"""What tickets says of SLA plans."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.envelope import Event


class PlanRef(BaseModel):
    """A plan, and the version of it by which deadlines were computed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: UUID
    name: str
    version: int


class PlanSaved(Event):
    """A plan as it is now: contracts name it by its id."""

    SOURCE: ClassVar[str] = "/services/tickets"
    TYPE: ClassVar[str] = "helpdesk.plan.saved.v1"

    id: UUID
    version: int
    name: str
    archived: bool = False

    @property
    def subject(self) -> str:
        return str(self.id)
