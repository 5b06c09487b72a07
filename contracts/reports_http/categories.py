"""2. Categories, and candidates for modernisation."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from contracts.people import CompanyRef, EquipmentRef
from contracts.reports_http.report import Period, Report


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
    """`previous`: the period compared with. `threshold`: from how many tickets on one is a candidate.

    `candidates` are the most frequent of the `candidates_found`.
    """

    previous: Period
    tickets: int
    previous_tickets: int
    minutes: int
    additional_minutes: int
    threshold: int
    rows: list[CategoryRow]
    cells: list[CategoryCell]
    candidates_found: int
    candidates: list[Candidate]
