"""Contracts over HTTP: what holds for a company in a period, and what is left of its hours."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from contracts.clients_http import Notes
from contracts.day import EARLIEST, Day
from contracts.people import CompanyRef
from contracts.text import Line

# A month has 44,640 minutes; a contract may include several specialists.
MOST_INCLUDED_MINUTES = 10_000_000
MOST_RATE = 1_000_000_000
ContractNumber = Annotated[Line, Field(min_length=1, max_length=60)]
IncludedMinutes = Annotated[int, Field(ge=0, le=MOST_INCLUDED_MINUTES, strict=True)]
Rate = Annotated[int, Field(ge=0, le=MOST_RATE, strict=True)]
ContractState = Literal["coming", "current", "over"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ContractFields(_Body):
    """Both days belong to the period; `valid_to` null: until further notice.

    `included_minutes` are for each calendar month, `rate` is kopecks for an hour beyond them, and
    `additional_rate` for an hour of additional work; null: what an hour beyond costs.
    """

    plan_id: UUID | None = None
    valid_to: Day | None = None
    included_minutes: IncludedMinutes = 0
    rate: Rate = 0
    additional_rate: Rate | None = None
    notes: Notes = ""


class NewContract(ContractFields):
    company_id: UUID
    number: ContractNumber
    valid_from: Day


class ContractPatch(ContractFields):
    """Absent fields stay."""

    number: ContractNumber = ""
    valid_from: Day = EARLIEST
    archived: StrictBool = False


class ContractView(BaseModel):
    """`state` and `days_left` (to `valid_to`; negative: over; null without an end) are of today."""

    id: UUID
    company_id: UUID
    company: CompanyRef
    number: str
    plan_id: UUID | None
    valid_from: Day
    valid_to: Day | None
    included_minutes: int
    rate: int
    additional_rate: int | None
    state: ContractState
    days_left: int | None
    notes: str
    archived: bool
    version: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class ContractPage(BaseModel):
    items: list[ContractView]
    next: str | None = None


class HoldingContract(BaseModel):
    """What holds on a day; null when nothing does."""

    day: Day
    contract: ContractView | None


class WorkedMinutes(BaseModel):
    """Of a company's tickets in a month, as tickets counts them: work within the contract, and additional."""

    company_id: UUID
    month: str
    minutes: int
    additional_minutes: int


class HoursLeft(BaseModel):
    """A company's month: minutes included, used within the contract, left, beyond; additional work apart.

    `contract` is the one that holds today (or on the last day of an earlier month). Used, left and beyond are
    null while tickets does not answer; included, left and beyond are null without a contract.
    """

    company_id: UUID
    month: str
    contract: ContractView | None
    included_minutes: int | None
    used_minutes: int | None
    additional_minutes: int | None
    left_minutes: int | None
    beyond_minutes: int | None
