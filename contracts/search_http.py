"""Searching all of the clients at once over HTTP: as much of each thing as a line of a list shows."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from contracts.equipment import EquipmentKind
from contracts.people import CompanyRef


class FoundCompany(BaseModel):
    id: UUID
    name: str
    short_name: str
    tax_id: str


class FoundPerson(BaseModel):
    id: UUID
    company: CompanyRef
    full_name: str
    position: str
    email: str
    phone: str


class FoundEquipment(BaseModel):
    id: UUID
    company: CompanyRef
    kind: EquipmentKind
    name: str
    hostname: str
    addresses: list[str]
    serial: str
    place: str


class FoundCredential(BaseModel):
    """Where it leads; what it is only a reveal shows."""

    id: UUID
    company: CompanyRef
    label: str
    address: str


class SearchAnswer(BaseModel):
    """At most `limit` of each. `understood`: the words that found it, where those typed did not."""

    understood: str | None
    companies: list[FoundCompany]
    people: list[FoundPerson]
    equipment: list[FoundEquipment]
    credentials: list[FoundCredential]
