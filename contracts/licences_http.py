"""Licences over HTTP: who and what uses them; the key is only ever seen by revealing it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from contracts.clients_http import Notes
from contracts.day import Day
from contracts.people import CompanyRef, EquipmentRef, PersonRef
from contracts.text import Line, Prose

MOST_SEATS = 1_000_000
MOST_USERS = 500
Product = Annotated[Line, Field(min_length=1, max_length=200)]
Vendor = Annotated[Line, Field(max_length=200)]
Seats = Annotated[int, Field(ge=1, le=MOST_SEATS, strict=True)]
LicenceKey = Annotated[Prose, Field(max_length=2000)]
Users = Annotated[list[UUID], Field(max_length=MOST_USERS)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LicenceFields(_Body):
    """`seats` null: as many as one likes; `valid_until` null: for ever; its day is the last good one.

    `key` is only ever seen by revealing it; empty: none is kept.
    `people` and `equipment` are whoever and whatever uses it, of the licence's company: no more than seats.
    """

    vendor: Vendor = ""
    seats: Seats | None = None
    valid_until: Day | None = None
    people: Users = []
    equipment: Users = []
    notes: Notes = ""
    key: LicenceKey = ""


class NewLicence(LicenceFields):
    company_id: UUID
    product: Product


class LicencePatch(LicenceFields):
    product: Product = ""
    archived: StrictBool = False


class LicenceRow(BaseModel):
    """A licence in a list; `days_left` counts to `valid_until` (negative: over), null without an end."""

    id: UUID
    company_id: UUID
    company: CompanyRef
    product: str
    vendor: str
    has_key: bool
    seats: int | None
    seats_used: int
    valid_until: Day | None
    days_left: int | None
    notes: str
    archived: bool
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class LicenceView(LicenceRow):
    people: list[PersonRef]
    equipment: list[EquipmentRef]


class LicencePage(BaseModel):
    items: list[LicenceRow]
    next: str | None = None
