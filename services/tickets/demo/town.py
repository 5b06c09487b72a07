"""Whom the history is about, as the public interface tells it."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef


class Client(BaseModel):
    """A company; `pieces` are its equipment, by kind."""

    model_config = ConfigDict(frozen=True)

    company: CompanyRef
    people: list[PersonRef]
    pieces: dict[str, list[EquipmentRef]]


class Town(BaseModel):
    """`categories`: the id of each full name."""

    clients: list[Client]
    staff: list[StaffRef]
    dispatcher: StaffRef
    categories: dict[str, UUID]
