"""What the gateway says: who works here."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime

from contracts.envelope import Event
from contracts.shift import Shift

Role = Literal["specialist", "dispatcher", "manager", "admin"]


class StaffSaved(Event):
    """`companies`: limited to these, or (None) to none; `deputy_id` stands in until `away_until`."""

    TYPE: ClassVar[str] = "helpdesk.staff.saved.v1"
    SOURCE: ClassVar[str] = "/gateway"

    id: UUID
    version: int
    full_name: str
    roles: list[Role]
    active: bool = True
    companies: list[UUID] | None = None
    shift: Shift | None = None
    away_until: AwareDatetime | None = None
    deputy_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.id)
