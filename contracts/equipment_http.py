"""Equipment over HTTP: servers, routers, workstations, printers and whatever else a client has."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from contracts.clients_http import Name, Notes
from contracts.day import Day
from contracts.equipment import EquipmentKind
from contracts.network import IpAddress, MacOrNone
from contracts.people import CompanyRef, EquipmentRef, PersonRef
from contracts.text import Line

MOST_ADDRESSES = 32
Model = Annotated[Line, Field(max_length=200)]
Serial = Annotated[Line, Field(max_length=100)]
Place = Annotated[Line, Field(max_length=200)]
HostnameOrNone = Annotated[Line, Field(max_length=255)]
Addresses = Annotated[list[IpAddress], Field(max_length=MOST_ADDRESSES)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EquipmentFields(_Body):
    """`person_id` uses it, `connected_to` is another piece: both of the same company, null for none."""

    model: Model = ""
    serial: Serial = ""
    hostname: HostnameOrNone = ""
    addresses: Addresses = []
    mac: MacOrNone = ""
    place: Place = ""
    person_id: UUID | None = None
    connected_to: UUID | None = None
    warranty_until: Day | None = None
    notes: Notes = ""


class NewEquipment(EquipmentFields):
    company_id: UUID
    kind: EquipmentKind
    name: Name


class EquipmentPatch(EquipmentFields):
    """Absent fields stay."""

    kind: EquipmentKind = "other"
    name: Name = ""
    archived: StrictBool = False


class EquipmentView(BaseModel):
    """`days_left` counts to `warranty_until` (negative: over), null without one."""

    id: UUID
    company_id: UUID
    company: CompanyRef
    kind: EquipmentKind
    name: str
    model: str
    serial: str
    hostname: str
    addresses: list[str]
    mac: str
    place: str
    person_id: UUID | None
    person: PersonRef | None
    connected_to: UUID | None
    connected: EquipmentRef | None
    warranty_until: Day | None
    days_left: int | None
    notes: str
    archived: bool
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class EquipmentPage(BaseModel):
    items: list[EquipmentView]
    next: str | None = None


class PlaceView(BaseModel):
    """What stands in a place, how many of each kind, and how many people use something of it."""

    name: str
    kinds: dict[EquipmentKind, int]
    people: int


class PlaceList(BaseModel):
    """The fullest first; equipment without a place is in none."""

    items: list[PlaceView]


class Seen(_Body):
    """What a computer says of itself: a snapshot that came with a submission, or what one has read off it."""

    company_id: UUID
    person_id: UUID | None = None
    hostname: HostnameOrNone = ""
    serial: Serial = ""
    addresses: Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=MOST_ADDRESSES)] = []
    mac: MacOrNone = ""
    os: Annotated[Line, Field(max_length=200)] = ""


class SeenDifference(BaseModel):
    """A field of the piece that stands otherwise than what was seen."""

    field: str
    before: str
    after: str


class Recognised(BaseModel):
    """`piece` is the one that was meant, null when none is known; `patch` or `new` is what would be written.

    With `piece`: `changes` are what `patch`, a body for `PATCH /equipment/{id}`, would change (null: nothing
    to do). Without: `new` is a body for `POST /equipment`.
    """

    piece: EquipmentView | None
    changes: list[SeenDifference]
    patch: dict[str, Any] | None
    new: NewEquipment | None
