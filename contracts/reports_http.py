"""What reporting answers over HTTP: the five reports, that of the FAQ, and the tickets behind each figure.

Every clock that is met in them: a **day** is a calendar day of the service's time zone (`zone`). **Minutes of
work** are what people logged. **Working minutes** (`reaction_minutes`, `resolution_minutes`) are those of the
ticket's own SLA bar: by the calendar of the plan that held for it, the resolution without pauses.
**Minutes of a shift** are counted from the assignment, in the assignee's shift (the plan's calendar where
none is known). Merged tickets count as their targets only. Null is never zero: a median of nothing, or a
share of nothing, is null.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.day import Day
from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.text import Line
from contracts.tickets import Priority, SlaTarget, Status

MOST_DAYS = 3700
Clock = Literal["plan", "shift"]


class ReportQuery(BaseModel):
    """`from` and `to` are days of the service's time zone, both included; without them, this month so far.

    `staff` is the performer in the report of work and the assignee in all others. `category` is the full
    name; one of the first level means those under it as well. Who is limited to companies sees only those.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    company: UUID | None = None
    staff: UUID | None = None
    category: Annotated[Line, Field(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def _is_a_period(self) -> ReportQuery:
        if (self.from_ is None) != (self.to is None):
            raise ValueError("a period has both `from` and `to`")
        if self.from_ and self.to and not timedelta(0) <= self.to - self.from_ < timedelta(MOST_DAYS):
            raise ValueError(f"`from` is not after `to`, and at most {MOST_DAYS} days before it")
        return self


class WorkQuery(ReportQuery):
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    cursor: Annotated[str, Field(max_length=1000)] = ""


ReportName = Literal["work", "categories", "effectiveness", "sla", "backlog"]
# Of the FAQ, which is of no client: for staff alone.
StaffReportName = Literal[ReportName, "articles"]
FileFormat = Literal["csv", "xlsx", "pdf"]


class FileQuery(ReportQuery):
    """`lang`: of titles and words."""

    format: FileFormat
    lang: Literal["ru", "en"] = "ru"


Figure = Literal[
    "worked",
    "additional",
    "received",
    "resolved",
    "ended",
    "open",
    "reaction_kept",
    "reaction_broken",
    "resolution_kept",
    "resolution_broken",
    "rated",
]
AgeBucket = Literal["day", "3 days", "week", "month", "older"]


class LinesQuery(WorkQuery):
    """The tickets behind a figure.

    `worked`, `additional`: with minutes (of that kind) logged in the period; `received`, `resolved`, `ended`
    (closed, cancelled or resolved) in the period; `open`: as it is now, whatever the period; `…_kept`,
    `…_broken`: received in the period, target kept or missed; `rated`: received in the period, with a rating.

    `reason` is one of breaches, as it was said; `unexplained`: none was said. `age` is how long ago it was
    received; `weekday` (0 Monday) and `hour` are of when it was, by the wall clock of the service's zone.
    """

    figure: Figure = "received"
    priority: Priority | None = None
    equipment: UUID | None = None
    status: Status | None = None
    uncategorised: bool = False
    unassigned: bool = False
    reason: Annotated[Line, Field(min_length=1, max_length=2000)] | None = None
    unexplained: bool = False
    age: AgeBucket | None = None
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    hour: Annotated[int, Field(ge=0, le=23)] | None = None


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
    `reaction_minutes` and `resolution_minutes` are working minutes, null while not known.
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
    reaction_broken_at: AwareDatetime | None
    resolution_broken_at: AwareDatetime | None
    breach_reason: str | None
    rating: int | None
    minutes: int
    additional_minutes: int


class LinePage(BaseModel):
    """By number, the oldest first."""

    items: list[TicketLine]
    next: str | None = None


class Step(BaseModel):
    """A column of a chart: a day, a week (from Monday) or a month, whole or what of it is in the period.

    Days up to 62 of them, weeks up to 190 days, else months; none that is yet to come.
    """

    model_config = ConfigDict(populate_by_name=True)

    from_: Day = Field(serialization_alias="from", validation_alias="from")
    to: Day


# 1. Work done


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


# 2. Categories


class CategoryRow(BaseModel):
    """Of tickets received in the period; their minutes of work are all of theirs, whenever logged.

    `previous_tickets`: in the period just before. `change` is the difference as a share of
    it, null where there were none. `category` null: without one.
    """

    category: str | None
    tickets: int
    share: float
    minutes: int
    additional_minutes: int
    previous_tickets: int
    change: float | None


class CategoryCell(BaseModel):
    """Where a category happens: the most frequent pairs first, at most 500."""

    category: str | None
    company: CompanyRef
    tickets: int
    minutes: int


class Why(BaseModel):
    """The sentence as data: «6 tickets in 30 days (threshold 5), 2 in the 30 before, 340 minutes of work».

    `kind`: `new` where the period before had none, `grows` where it had fewer, else `repeats`.
    """

    kind: Literal["new", "grows", "repeats"]
    tickets: int
    previous_tickets: int
    days: int
    threshold: int
    minutes: int


class Candidate(BaseModel):
    """Something to modernise: category × company × equipment at or above the threshold, the worst first.

    `equipment` null: the tickets name none. `numbers` are of its tickets, the newest first, at most 50.
    """

    category: str
    company: CompanyRef
    equipment: EquipmentRef | None
    tickets: int
    minutes: int
    previous_tickets: int
    change: float | None
    why: Why
    numbers: list[int]


class CategoriesReport(Report):
    """`previous`: the period compared with. `threshold`: from how many tickets on one is a candidate."""

    previous: Period
    tickets: int
    previous_tickets: int
    minutes: int
    additional_minutes: int
    threshold: int
    rows: list[CategoryRow]
    cells: list[CategoryCell]
    candidates: list[Candidate]


# 3. Effectiveness


class Speed(BaseModel):
    """How soon, in whole minutes of `clock`.

    `plan`: working minutes since registration; `shift`: minutes of the assignee's shift since assignment.
    `tickets` have such a figure; `median` and `p90` are theirs (nearest rank). `judged` have it and a
    target, or missed it; `within` of them kept it. The target is always the plan's, in working minutes:
    with the clock `shift` two clocks are compared, which a page has to say.
    """

    clock: Clock
    tickets: int
    median: int | None
    p90: int | None
    judged: int
    within: int
    share_within: float | None


class StaffSpeed(BaseModel):
    """Tickets received in the period whose assignee this is now; `staff` null: without one."""

    staff: StaffRef | None
    tickets: int
    minutes: int
    rating: float | None
    from_registration: Speed
    from_assignment: Speed


class HeatCell(BaseModel):
    """Tickets received at this weekday (0 Monday) and hour (0–23), by the wall clock of the service's zone.

    `median` is of working minutes (`plan`): a ticket of the night waits for the morning without using any.
    """

    weekday: int
    hour: int
    tickets: int
    median: int | None


class SpeedStep(Step):
    """From registration to reaction, in working minutes of the plan."""

    tickets: int
    median: int | None
    p90: int | None


class EffectivenessReport(Report):
    """Of tickets received in the period, merged ones left out."""

    previous: Period
    tickets: int
    previous_tickets: int
    from_registration: Speed
    previous_from_registration: Speed
    from_assignment: Speed
    resolution: Speed
    previous_resolution: Speed
    steps: list[SpeedStep]
    rating: float | None
    ratings: int
    staff: list[StaffSpeed]
    heat: list[HeatCell]


# 4. SLA


class Kept(BaseModel):
    """Judged: done, or missed already; what is still running within its time is neither."""

    judged: int
    kept: int
    broken: int
    share_kept: float | None


class SlaRow(BaseModel):
    company: CompanyRef
    priority: Priority
    tickets: int
    reaction: Kept
    resolution: Kept


class ReasonRow(BaseModel):
    """`reason` null: nobody has said one yet. A ticket that missed both targets counts in both."""

    reason: str | None
    target: SlaTarget
    broken: int


class SlaStep(Step):
    reaction: Kept
    resolution: Kept


class SlaReport(Report):
    """Of tickets received in the period, merged and cancelled ones left out; each by its own plan."""

    previous: Period
    tickets: int
    previous_tickets: int
    reaction: Kept
    previous_reaction: Kept
    resolution: Kept
    previous_resolution: Kept
    steps: list[SlaStep]
    rows: list[SlaRow]
    reasons: list[ReasonRow]


# 5. Backlog


class AgeRow(BaseModel):
    """Open for up to 1, 3, 7, 30 calendar days since received, or longer: by the wall clock."""

    age: AgeBucket
    tickets: int


class StatusRow(BaseModel):
    status: Status
    tickets: int


class AssigneeRow(BaseModel):
    """`oldest_at`: when the oldest was received; `staff` null: nobody has it."""

    staff: StaffRef | None
    tickets: int
    waiting: int
    oldest_at: AwareDatetime


class FlowDay(BaseModel):
    """`ended`: resolved, closed or cancelled, at the last time it was; a reopened one is open again.

    `open_at_end` is of that day's end (of now, for today), by how the tickets are now: one that was reopened
    counts as open throughout.
    """

    day: Day
    received: int
    ended: int
    open_at_end: int


class BacklogReport(Report):
    """What is open is as it is now, whatever the period; the flow is of the period."""

    previous: Period
    open: int
    unassigned: int
    received: int
    previous_received: int
    ended: int
    previous_ended: int
    ages: list[AgeRow]
    statuses: list[StatusRow]
    assignees: list[AssigneeRow]
    flow: list[FlowDay]


class ArticleRef(BaseModel):
    """`is_published`: whether it can still be read."""

    id: UUID
    title: str
    category: str
    is_published: bool


class Handled(BaseModel):
    """Solved tickets with work in their log, and the median of their minutes; null of none."""

    tickets: int
    median: int | None


class Comparison(BaseModel):
    """Tickets of one category received in the period: those for which the article was used, all others.

    `difference` of the medians is null where either side has fewer than `fewest` of the report: so few say
    nothing. It is no proof either: people choose for which tickets they use an article.
    """

    category: str
    with_article: Handled
    without: Handled
    difference: int | None


class ArticleUse(BaseModel):
    """What an article was used for in the period; `helped`: employees whom it spared a ticket.

    Who is limited to a company, specialist or category is told of their tickets only: `helped` is null.
    """

    article: ArticleRef
    inserted: int
    linked: int
    helped: int | None
    comparisons: list[Comparison]


class Uncovered(BaseModel):
    """A category of tickets with no published article; `in_group`: how many its group has."""

    category: str
    tickets: int
    minutes: int
    in_group: int


class ArticlesReport(Report):
    """The FAQ at work: the most used first; and what to write next, the most tickets first."""

    fewest: int
    uses: int
    helped: int | None
    rows: list[ArticleUse]
    uncovered: list[Uncovered]
