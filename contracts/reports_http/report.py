"""What all reports have in common: their period, their limits, tickets, and steps of a chart."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.day import Day
from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.tickets import Priority, Status


class Period(BaseModel):
    """Both days included; `zone` is whose midnights these are."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Day = Field(serialization_alias="from", validation_alias="from")
    to: Day
    zone: str


class Filters(BaseModel):
    """What the report is limited to, with names to be shown (null: not limited by it)."""

    company: CompanyRef | None = None
    staff: StaffRef | None = None
    category: str | None = None


class Report(BaseModel):
    """`as_of`: up to when events are in it; what happened since is not.

    `incomplete`: all figures are being built anew after an upgrade, and are missing until that is done.
    """

    period: Period
    filters: Filters
    as_of: AwareDatetime
    incomplete: bool = False


class TicketLine(BaseModel):
    """A ticket in a report.

    `minutes` (all of them, additional ones included) and `additional_minutes` are those logged in the period
    where the report is of work, by `staff` if one is named, and of the whole ticket in other reports.
    `reaction_minutes` and `resolution_minutes` are working minutes, `assigned_reaction_minutes` those of the
    assignee's shift since the assignment; null while not known.
    """

    number: int
    title: str
    company: CompanyRef
    person: PersonRef
    category: str | None
    equipment: EquipmentRef | None
    assignee: StaffRef | None
    performers: list[StaffRef]
    status: Status
    priority: Priority
    received_at: AwareDatetime
    reacted_at: AwareDatetime | None
    resolved_at: AwareDatetime | None
    reaction_due: AwareDatetime
    resolution_due: AwareDatetime
    reaction_minutes: int | None
    resolution_minutes: int | None
    assigned_reaction_minutes: int | None
    reaction_broken_at: AwareDatetime | None
    resolution_broken_at: AwareDatetime | None
    breach_reason: str | None
    rating: int | None
    minutes: int
    additional_minutes: int


class Step(BaseModel):
    """A column of a chart: a day, a week (from Monday) or a month, whole or what of it is in the period.

    Days up to 62 of them, weeks up to 190 days, else months; none that is yet to come.
    """

    model_config = ConfigDict(populate_by_name=True)

    from_: Day = Field(serialization_alias="from", validation_alias="from")
    to: Day
