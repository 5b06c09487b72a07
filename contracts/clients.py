"""What clients says: the registry's companies, people and devices, each with its version."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.envelope import Event
from contracts.people import CompanyRef, PersonRef


class _ClientsEvent(Event):
    SOURCE: ClassVar[str] = "/services/clients"


class CompanySaved(_ClientsEvent):
    TYPE: ClassVar[str] = "helpdesk.company.saved.v1"

    id: UUID
    version: int
    name: str
    short_name: str = ""
    tax_id: str = ""
    screenshots_allowed: bool = True
    responsible_id: UUID | None = None
    archived: bool = False

    @property
    def subject(self) -> str:
        return str(self.id)


class PersonSaved(_ClientsEvent):
    TYPE: ClassVar[str] = "helpdesk.person.saved.v1"

    id: UUID
    version: int
    company_id: UUID
    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    is_manager: bool = False
    archived: bool = False
    merged_into: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.id)


class PersonMerged(_ClientsEvent):
    """Somebody was entered twice: `id` is archived, and whoever names it means `into` from now on."""

    TYPE: ClassVar[str] = "helpdesk.person.merged.v1"

    id: UUID
    version: int
    company_id: UUID
    into: PersonRef

    @property
    def subject(self) -> str:
        return str(self.id)


class DeviceEvent(_ClientsEvent):
    """A device's state; `token_hash` is SHA-256 of a 256-bit random token, which itself never travels."""

    id: UUID
    version: int
    person: PersonRef
    company: CompanyRef
    is_manager: bool = False
    confirmed: bool = True
    screenshots_allowed: bool = True
    hostname: str
    token_hash: str
    revoked: bool = False
    at: AwareDatetime

    @property
    def subject(self) -> str:
        return str(self.id)


class DeviceEnrolled(DeviceEvent):
    """A device was enrolled, or what is known of an enrolled one changed (its person confirmed, renamed)."""

    TYPE: ClassVar[str] = "helpdesk.device.enrolled.v1"


class DeviceRevoked(DeviceEvent):
    TYPE: ClassVar[str] = "helpdesk.device.revoked.v1"
