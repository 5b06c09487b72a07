"""1. Work done."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

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

    `used_minutes` are without additional work; `left_minutes` is never below zero, what is beyond stands in
    `over_minutes`. `rate` is kopecks for an hour. By all performers and categories, whatever the filters.
    """

    company_id: UUID
    contract_id: UUID
    number: str
    valid_from: Day
    valid_to: Day | None
    month: str
    included_minutes: int
    used_minutes: int
    left_minutes: int
    over_minutes: int
    additional_minutes: int
    rate: int


class WorkStep(Step):
    """`minutes` = those within the contract + `additional_minutes`."""

    minutes: int
    additional_minutes: int


class WorkReport(Report):
    """Each ticket with work logged in the period, the totals of all of them, a page of lines.

    `previous`: the period compared with, here and in all reports: as many whole months before where it is
    whole months, else as many days before. `customer` and `contracts` are there only where the report is
    of one company.
    """

    previous: Period
    totals: WorkTotals
    previous_totals: WorkTotals
    steps: list[WorkStep]
    customer: Customer | None
    performers: list[PerformerWork]
    contracts: list[ContractUse]
    lines: list[TicketLine]
    next: str | None = None
