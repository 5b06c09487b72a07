"""What the gateway says: who works here."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from contracts.envelope import Event

Role = Literal["specialist", "dispatcher", "manager", "admin"]


class StaffSaved(Event):
    TYPE: ClassVar[str] = "helpdesk.staff.saved.v1"
    SOURCE: ClassVar[str] = "/gateway"

    id: UUID
    version: int
    full_name: str
    roles: list[Role]
    active: bool = True

    @property
    def subject(self) -> str:
        return str(self.id)
