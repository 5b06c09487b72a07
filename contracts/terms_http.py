"""Terms over HTTP: what comes to an end, for all clients in one list."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from contracts.day import Day
from contracts.people import CompanyRef
from contracts.terms import TermKind


class Term(BaseModel):
    """`id` is the licence's, contract's or piece of equipment's; `days_left` negative: over so long."""

    kind: TermKind
    id: UUID
    company: CompanyRef
    name: str
    ends_on: Day
    days_left: int


class TermPage(BaseModel):
    """The soonest first."""

    items: list[Term]
    next: str | None = None
