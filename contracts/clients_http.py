"""What clients answers over HTTP and what it takes; the gateway documents the same shapes to the world."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.contact import Email, EmailOrNone, Phone, PhoneOrNone
from contracts.people import CompanyRef, PersonRef
from contracts.text import Line, Prose

MOST_USES = 100_000
Name = Annotated[Line, Field(min_length=1, max_length=200)]
ShortName = Annotated[Line, Field(max_length=60)]
TaxId = Annotated[Line, Field(max_length=20, pattern=r"^[0-9A-Za-z-]*$")]
Notes = Annotated[Prose, Field(max_length=10_000)]
Position = Annotated[Line, Field(max_length=200)]
Hostname = Annotated[Line, Field(min_length=1, max_length=255)]
CodeText = Annotated[Line, Field(min_length=1, max_length=64)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CompanyFields(_Body):
    """What may be said of a company; a patch names only what changes (`responsible_id` null: nobody)."""

    short_name: ShortName = ""
    tax_id: TaxId = ""
    notes: Notes = ""
    responsible_id: UUID | None = None
    screenshots_allowed: StrictBool = True


class NewCompany(CompanyFields):
    name: Name


class CompanyPatch(CompanyFields):
    name: Name = ""
    archived: StrictBool = False


class PersonFields(_Body):
    position: Position = ""
    email: EmailOrNone = ""
    phone: PhoneOrNone = ""
    is_manager: StrictBool = False


class NewPerson(PersonFields):
    company_id: UUID
    full_name: Name


class PersonPatch(PersonFields):
    full_name: Name = ""
    archived: StrictBool = False


class PersonMerge(_Body):
    """Into whom: of the same company, still there, and not merged into another one."""

    into: UUID


class NewDevice(_Body):
    """Somebody with a code enrols a Bureaucrat; what they say of themselves."""

    code: CodeText
    full_name: Name
    email: Email
    phone: Phone
    position: Position = ""
    hostname: Hostname


class DevicePatch(_Body):
    """`confirmed`: staff have made sure that it is that person's. `blocked`: not let in, until unblocked."""

    confirmed: Literal[True] | None = None
    blocked: StrictBool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> DevicePatch:
        if self.confirmed is None and self.blocked is None:
            raise ValueError("say whether it is confirmed, or blocked")
        return self


class NewCode(_Body):
    """Without `code` one is made up."""

    code: CodeText | None = None
    expires_at: AwareDatetime | None = None
    max_uses: Annotated[int, Field(ge=1, le=MOST_USES, strict=True)] | None = None


class CompanyView(BaseModel):
    id: UUID
    name: str
    short_name: str
    tax_id: str
    notes: str
    responsible_id: UUID | None
    screenshots_allowed: bool
    archived: bool
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class PersonView(BaseModel):
    """`merged_into`: who this is really, for somebody who was entered twice."""

    id: UUID
    company_id: UUID
    company: CompanyRef
    full_name: str
    position: str
    email: str
    phone: str
    is_manager: bool
    archived: bool
    merged_into: UUID | None
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class Claim(BaseModel):
    """What somebody said of themselves when enrolling; of a known person it changes nothing."""

    model_config = ConfigDict(frozen=True)

    full_name: str
    phone: str
    position: str = ""


class DeviceView(BaseModel):
    """`suspended`: it is blocked, or its person or company is archived.

    `claimed` is for staff to compare before confirming.

    `last_contact`, exact to some minutes, is known at the gateway alone.
    """

    id: UUID
    person: PersonRef
    company: CompanyRef
    hostname: str
    claimed: Claim
    confirmed: bool
    revoked: bool
    blocked: bool
    suspended: bool
    enrolled_at: AwareDatetime
    last_contact: AwareDatetime | None
    version: int


class CodeView(BaseModel):
    code: str
    company_id: UUID
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    max_uses: int | None
    uses: int
    withdrawn_at: AwareDatetime | None


class CodeCompany(BaseModel):
    """Whose code it is, to be shown before enrolling."""

    company: CompanyRef
    screenshots_allowed: bool


class EnrolledDevice(BaseModel):
    """The only place where the token is ever seen; `token_hash` (hex SHA-256) is what everybody keeps."""

    device_id: UUID
    token: str
    token_hash: str
    person: PersonRef
    company: CompanyRef
    screenshots_allowed: bool
    confirmed: bool
    is_manager: bool
    version: int


class CompanyPage(BaseModel):
    items: list[CompanyView]
    next: str | None = None


class PersonPage(BaseModel):
    items: list[PersonView]
    next: str | None = None


class DevicePage(BaseModel):
    items: list[DeviceView]
    next: str | None = None


class CodePage(BaseModel):
    items: list[CodeView]
    next: str | None = None
