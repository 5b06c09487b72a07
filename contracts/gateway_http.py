"""What the gateway itself takes and answers over HTTP: signing in, staff, tokens, a call by phone."""

from __future__ import annotations

from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StrictBool

from contracts.day import Moment
from contracts.gateway import Role
from contracts.intake_http import Description, Title
from contracts.people import CompanyRef, PersonRef
from contracts.shift import Shift
from contracts.text import Line

Login = Annotated[Line, Field(min_length=1, max_length=100)]
FullName = Annotated[Line, Field(min_length=1, max_length=200)]
# A password is taken as it is typed, whatever it is made of (NIST SP 800-63B).
GivenPassword = Annotated[str, Field(min_length=1, max_length=1000)]
NewPassword = Annotated[str, Field(min_length=8, max_length=1000)]
Scope = Literal[
    "tickets:read",
    "tickets:write",
    "registry:read",
    "registry:write",
    "articles:read",
    "articles:write",
    "credentials:read",
    "credentials:write",
    "credentials:reveal",
    "audit:read",
    "reports:read",
    "reports:write",
    "staff:read",
]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def _no_number(value: object) -> object:
    """Zero equals False in Python, not in JSON."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Off = Annotated[Literal[False], BeforeValidator(_no_number)]
Roles = Annotated[list[Role], Field(min_length=1, max_length=4)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Credentials(_Body):
    """`totp` is the authenticator's six digits, for accounts that have one."""

    login: Login
    password: GivenPassword
    totp: Annotated[str, Field(max_length=10)] | None = None


class StaffView(BaseModel):
    id: UUID
    login: str
    full_name: str
    roles: list[Role]


class SessionView(BaseModel):
    """`csrf_token` goes into the header X-CSRF-Token of each write by this session."""

    csrf_token: str
    staff: StaffView


class Colleague(BaseModel):
    """A member of staff as colleagues see them; `active` is false for one who left."""

    id: UUID
    full_name: str
    roles: list[Role]
    active: bool
    shift: Shift | None = None
    away_until: Moment | None = None
    deputy_id: UUID | None = None


class ColleaguePage(BaseModel):
    items: list[Colleague]
    next: str | None = None


class NewStaff(_Body):
    """`companies` limits a specialist to these; absent or null: all."""

    login: Login
    full_name: FullName
    roles: Roles
    password: NewPassword
    companies: Annotated[list[UUID], Field(max_length=1000)] | None = None


class ProfilePatch(_Body):
    """What changes: null takes it away. `deputy_id` gets what rules would assign, until `away_until`."""

    shift: Shift | None = None
    away_until: Moment | None = None
    deputy_id: UUID | None = None


class StaffPatch(ProfilePatch):
    """What changes; a new password or `active: false` ends all of the account's sessions.

    `totp: false` takes the one-time codes away, for somebody who lost their phone.
    """

    full_name: FullName | None = None
    roles: Roles | None = None
    companies: Annotated[list[UUID], Field(max_length=1000)] | None = None
    active: StrictBool | None = None
    totp: Off | None = None
    password: NewPassword | None = None


class PasswordChange(_Body):
    current: GivenPassword
    new: NewPassword


class NewTotp(_Body):
    """`current`: the account's password."""

    current: GivenPassword


class TotpOffer(BaseModel):
    """`secret` to type in, `uri` for a QR code: the only time that they are shown."""

    secret: str
    uri: str


TotpCode = Annotated[str, Field(min_length=6, max_length=10)]


class TotpConfirmation(_Body):
    code: TotpCode


class TotpRemoval(_Body):
    """Both factors once more."""

    current: GivenPassword
    code: TotpCode


class TotpView(BaseModel):
    """Whether signing in asks for a one-time code."""

    on: bool


class NewApiToken(_Body):
    """`name`: what it is for, so that one knows later which to revoke; `scopes`: all of them when absent."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES))] = list(SCOPES)


class ApiTokenView(BaseModel):
    id: UUID
    name: str
    scopes: list[Scope]
    created_at: AwareDatetime


class MadeApiToken(ApiTokenView):
    """The only place where the token is ever seen."""

    token: str


class ApiTokenPage(BaseModel):
    items: list[ApiTokenView]
    next: str | None = None


class DeviceMe(BaseModel):
    """`confirmed`: staff have made sure of the person, who then sees all their requests."""

    device_id: UUID
    person: PersonRef
    company: CompanyRef
    screenshots_allowed: bool
    confirmed: bool
    is_manager: bool


class StaffMe(BaseModel):
    staff: StaffView


class Me(RootModel[DeviceMe | StaffMe]):
    """A device, or a member of staff."""


class PhoneCall(_Body):
    """A submission in the name of somebody who called."""

    person_id: UUID
    title: Title
    description: Description = ""
