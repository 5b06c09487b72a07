"""Credentials over HTTP: what they are for is read freely, what they are is only ever revealed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.clients_http import Name
from contracts.credentials import RevealKind
from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.text import Line, Prose

MOST_REVEALS_A_MINUTE = 30
Address = Annotated[Line, Field(max_length=500)]


def _writable(text: str) -> str:
    """A password keeps each of its signs; half a sign is none."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("it holds what is no character")
    return text


Login = Annotated[str, Field(max_length=500), AfterValidator(_writable)]
Secret = Annotated[str, Field(max_length=20_000), AfterValidator(_writable)]
TotpSeed = Annotated[Line, Field(max_length=1000)]
SecretNotes = Annotated[Prose, Field(max_length=10_000)]
Reason = Annotated[Line, Field(min_length=3, max_length=500)]
TicketNumber = Annotated[int, Field(ge=1, le=2**53, strict=True)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class CredentialFields(_Body):
    """`equipment_id` is what it opens, `person_id` whose it is; both of the same company, null for none.

    `secret` is kept to the letter, blanks included. `totp_seed`: Base32, or an `otpauth://totp/` address.
    """

    address: Address = ""
    equipment_id: UUID | None = None
    person_id: UUID | None = None
    login: Login = ""
    secret: Secret = ""
    totp_seed: TotpSeed = ""
    notes: SecretNotes = ""


class NewCredential(CredentialFields):
    company_id: UUID
    label: Name


class CredentialPatch(CredentialFields):
    """Absent fields stay; an empty one is forgotten."""

    label: Name = ""
    archived: StrictBool = False


class CredentialView(BaseModel):
    """What is set, never what it is. `secret_changed_at`: the last change of the secret."""

    id: UUID
    company_id: UUID
    company: CompanyRef
    label: str
    address: str
    equipment_id: UUID | None
    equipment: EquipmentRef | None
    person_id: UUID | None
    person: PersonRef | None
    has_login: bool
    has_secret: bool
    has_totp: bool
    has_notes: bool
    secret_changed_at: AwareDatetime | None
    archived: bool
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class CredentialPage(BaseModel):
    items: list[CredentialView]
    next: str | None = None


class RevealReason(_Body):
    """Why it has to be seen: the number of a ticket of the same company, or a reason in words."""

    ticket: TicketNumber | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def _says_why(self) -> RevealReason:
        if (self.ticket is None) == (self.reason is None):
            raise ValueError("name a ticket, or else a reason")
        return self


class Reveal(RevealReason):
    """`what`: `all`, or only the one-time `code` of this moment."""

    what: Literal["all", "code"] = "all"


class RevealedCode(BaseModel):
    code: str
    valid_for_seconds: int


class Revealed(BaseModel):
    """Empty where nothing is set. `totp` null: there is no seed. With `what: code`, all else is empty."""

    login: str
    secret: str
    notes: str
    totp: RevealedCode | None


class RevealedKey(BaseModel):
    """A licence's key."""

    key: str


class AuditEntry(BaseModel):
    """One look at one secret; nothing is folded together. `address` and `program`: from where."""

    id: UUID
    at: AwareDatetime
    kind: RevealKind
    by: StaffRef
    company: CompanyRef
    thing_id: UUID
    label: str
    ticket: int | None
    reason: str | None
    address: str
    program: str


class AuditPage(BaseModel):
    items: list[AuditEntry]
    next: str | None = None


class SeenSecret(BaseModel):
    """The last time somebody looked at a secret; `changed_since` false: they still know it."""

    last: AuditEntry
    times: int
    changed_since: bool
    archived: bool


class SeenSecrets(BaseModel):
    """What a member of the staff has seen, the latest first; `more`: there is more than is shown."""

    items: list[SeenSecret]
    more: bool
