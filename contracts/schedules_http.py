"""Reports by e-mail over HTTP: what is sent every month to whom, and what became of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from contracts.contact import Email, email_key
from contracts.day import Day
from contracts.people import CompanyRef
from contracts.reports_http import FileFormat, StaffReportName
from contracts.text import Line

MOST_RECIPIENTS, MOST_SCHEDULES = 20, 200
# Every month has it.
LAST_DAY = 28
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Language = Literal["ru", "en"]
DeliveryState = Literal["waiting", "sending", "sent", "failed", "unsure"]


def _once_each(emails: list[str]) -> list[str]:
    return list({email_key(email): email for email in emails}.values())


def _names_once(names: list[StaffReportName]) -> list[StaffReportName]:
    return list(dict.fromkeys(names))


ScheduleName = Annotated[Line, Field(min_length=1, max_length=100)]
Recipients = Annotated[
    list[Email], Field(min_length=1, max_length=MOST_RECIPIENTS), AfterValidator(_once_each)
]
Reports = Annotated[list[StaffReportName], Field(min_length=1, max_length=6), AfterValidator(_names_once)]
DayOfMonth = Annotated[int, Field(ge=1, le=LAST_DAY, strict=True)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewSchedule(_Body):
    """On `day` of each month the reports of the month before go to each recipient.

    `company`: of this one only; without it, of all that whoever makes the schedule may see. The report of the
    FAQ is of no company: `articles` goes with no `company`.
    """

    name: ScheduleName
    recipients: Recipients
    reports: Reports
    format: FileFormat = "pdf"
    lang: Language = "ru"
    company: UUID | None = None
    day: DayOfMonth = 1


class SchedulePatch(_Body):
    """Absent fields stay. One that is not `active` sends nothing, and later nothing of that time either."""

    name: ScheduleName = ""
    recipients: Recipients = Field(default_factory=list)
    reports: Reports = Field(default_factory=list)
    format: FileFormat = "pdf"
    lang: Language = "ru"
    company: UUID | None = None
    day: DayOfMonth = 1
    active: StrictBool = True


class ScheduleView(BaseModel):
    """`next_on`: the next day on which it sends; null while it is not active."""

    id: UUID
    name: str
    recipients: list[str]
    reports: list[StaffReportName]
    format: FileFormat
    lang: Language
    company: CompanyRef | None
    day: int
    active: bool
    next_on: Day | None
    version: int


class ScheduleList(BaseModel):
    """`can_send`: an SMTP server is set up."""

    items: list[ScheduleView]
    can_send: bool


class SendNow(_Body):
    """`month` (such as 2026-10): without it, the month before this one; `recipient`: without it, all."""

    month: Month | None = None
    recipient: Email | None = None


class DeliveryView(BaseModel):
    """One letter to one recipient.

    `unsure`: the connection or the process ended in the middle; it may have arrived, so that it is not sent
    again unasked. `problem` says why it was not, or has not yet been, sent; `due_at` when it is tried next.
    """

    id: UUID
    month: Month
    recipient: str
    state: DeliveryState
    attempts: int
    problem: str
    queued_at: AwareDatetime
    due_at: AwareDatetime
    done_at: AwareDatetime | None


class DeliveryList(BaseModel):
    """The newest first, at most 200."""

    items: list[DeliveryView]
