"""1. Work done."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.day import Day
from contracts.people import StaffRef
from contracts.reports_http.report import Period, Report, Step, TicketLine


class WorkTotals(BaseModel):
    """Minutes of work logged in the period: `minutes` = `contract_minutes` + `additional_minutes`."""

    tickets: int
    minutes: int
    contract_minutes: int
    additional_minutes: int
    additional_tickets: int


class PerformerWork(BaseModel):
    """`staff` null: minutes by somebody who is no staff member."""

    staff: StaffRef | None
    tickets: int
    minutes: int
    additional_minutes: int


class Customer(BaseModel):
    """Who the act is for, as its papers say; `tax_id` empty: not known."""

    name: str
    tax_id: str = ""


class ContractUse(BaseModel):
    """Hours of a contract in one calendar month (`month` is 2026-11), the whole month whatever the period.

    `from` and `to` are the days of the month on which it holds, whose work is counted; `used_minutes` are
    without additional work; `left_minutes` is never below zero, what is beyond stands in `over_minutes`. By
    all performers and categories, whatever the filters. Rates are kopecks for an hour, amounts kopecks for
    the minutes at that rate, half a kopeck upwards; null where there are minutes and no rate was agreed.
    `amount` is both together: what is to be paid beyond the contract.
    """

    model_config = ConfigDict(populate_by_name=True)

    company_id: UUID
    contract_id: UUID
    number: str
    valid_from: Day
    valid_to: Day | None
    month: str
    from_: Day = Field(serialization_alias="from", validation_alias="from")
    to: Day
    included_minutes: int
    used_minutes: int
    left_minutes: int
    over_minutes: int
    additional_minutes: int
    rate: int
    additional_rate: int
    over_amount: int | None
    additional_amount: int | None
    amount: int | None


class WorkStep(Step):
    """`minutes` = those within the contract + `additional_minutes`."""

    minutes: int
    additional_minutes: int


class WorkReport(Report):
    """Each ticket with work logged in the period, the totals of all of them, a page of lines.

    `previous`: the period compared with, here and in all reports: as many whole months before where it is
    whole months, else as many days before. `customer` and `contracts` are there only where the report is
    of one company. `amount` is kopecks to be paid beyond the contracts, all of them; null where one of theirs
    is, and where the report is not of all the work of whole months: then it settles nothing.
    """

    previous: Period
    totals: WorkTotals
    previous_totals: WorkTotals
    steps: list[WorkStep]
    customer: Customer | None
    performers: list[PerformerWork]
    contracts: list[ContractUse]
    amount: int | None
    lines: list[TicketLine]
    next: str | None = None
