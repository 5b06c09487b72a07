"""What clients says of credentials: that there is one, and who saw it; never what it is."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime

from contracts.envelope import Event
from contracts.people import StaffRef

RevealKind = Literal["secret", "code", "licence_key"]


class CredentialSaved(Event):
    """A credential as it is now, without anything that is secret."""

    SOURCE: ClassVar[str] = "/services/clients"
    TYPE: ClassVar[str] = "helpdesk.credential.saved.v1"

    id: UUID
    version: int
    company_id: UUID
    equipment_id: UUID | None = None
    person_id: UUID | None = None
    label: str
    archived: bool = False

    @property
    def subject(self) -> str:
        return str(self.id)


class CredentialRevealed(Event):
    """Somebody saw a secret (`secret`), a one-time code (`code`) or a licence's key (`licence_key`)."""

    SOURCE: ClassVar[str] = "/services/clients"
    TYPE: ClassVar[str] = "helpdesk.credential.revealed.v1"

    id: UUID
    version: int = 1
    kind: RevealKind
    thing_id: UUID
    company_id: UUID
    label: str
    by: StaffRef
    ticket: int | None = None
    at: AwareDatetime

    @property
    def subject(self) -> str:
        return str(self.thing_id)
