"""Who saw which secret, when, why and from where; written before it is shown, and never changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.credentials import CredentialRevealed, RevealKind
from contracts.people import StaffRef


class Look(BaseModel):
    """One look at one secret. `thing_id`: the credential or licence, and in which `version` it was seen."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    at: datetime
    kind: RevealKind
    by: StaffRef
    company_id: UUID
    thing_id: UUID
    label: str
    version: int = 0
    ticket: int | None = None
    reason: str | None = None
    address: str = ""
    program: str = ""

    def event(self) -> CredentialRevealed:
        return CredentialRevealed(
            id=self.id,
            kind=self.kind,
            thing_id=self.thing_id,
            company_id=self.company_id,
            label=self.label,
            by=self.by,
            ticket=self.ticket,
            at=self.at,
        )


class LooksWanted(BaseModel):
    """Filters of the audit, all together; `companies`: all the caller may see (None: all)."""

    model_config = ConfigDict(frozen=True)

    by: UUID | None = None
    company: UUID | None = None
    thing: UUID | None = None
    ticket: int | None = None
    kind: RevealKind | None = None
    first: datetime | None = None
    last: datetime | None = None
    companies: tuple[UUID, ...] | None = None
    limit: int = 50


class LastLook(BaseModel):
    """The latest of somebody's looks at a thing, and how many there were."""

    model_config = ConfigDict(frozen=True)

    look: Look
    times: int


class LookPosition(BaseModel):
    """Where a page ended."""

    model_config = ConfigDict(frozen=True)

    id: UUID
