"""Who is meant: references that travel inside events and answers."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class _Reference(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CompanyRef(_Reference):
    id: UUID
    name: str


class PersonRef(_Reference):
    id: UUID
    full_name: str


class StaffRef(_Reference):
    id: UUID
    full_name: str


class EquipmentRef(_Reference):
    id: UUID
    name: str


class Author(_Reference):
    """Who did it: a staff member, a client's person, or the system itself (then without an id)."""

    kind: Literal["staff", "person", "system"]
    id: UUID | None = None
    full_name: str
