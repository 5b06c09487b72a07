"""What clients says of equipment: each piece as it is now."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args
from uuid import UUID

from pydantic import Field

from contracts.day import Day
from contracts.envelope import Event

EquipmentKind = Literal[
    "server",
    "router",
    "switch",
    "access_point",
    "workstation",
    "printer",
    "ups",
    "camera",
    "phone",
    "other",
]
EQUIPMENT_KINDS: tuple[EquipmentKind, ...] = get_args(EquipmentKind)


class EquipmentSaved(Event):
    """A piece of equipment as it is now; `person_id` uses it, `warranty_until` is the last day it holds."""

    SOURCE: ClassVar[str] = "/services/clients"
    TYPE: ClassVar[str] = "helpdesk.equipment.saved.v1"

    id: UUID
    version: int
    company_id: UUID
    kind: EquipmentKind
    name: str
    model: str = ""
    serial: str = ""
    hostname: str = ""
    addresses: list[str] = Field(default_factory=list)
    mac: str = ""
    place: str = ""
    person_id: UUID | None = None
    warranty_until: Day | None = None
    archived: bool = False

    @property
    def subject(self) -> str:
        return str(self.id)
