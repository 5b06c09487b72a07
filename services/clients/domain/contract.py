"""A contract: what holds for a company in a period. No two of one company hold on the same day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from contracts.contracts_http import ContractState
from contracts.day import LATEST, Day
from contracts.envelope import Event
from contracts.terms import ContractSaved
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.errors import RuleError


class Contract(Aggregate):
    """Both days belong to its period; without `valid_to` it holds until further notice."""

    company_id: UUID
    number: str
    plan_id: UUID | None = None
    valid_from: Day
    valid_to: Day | None = None
    included_minutes: int = 0
    rate: int = 0
    additional_rate: int | None = None
    notes: str = ""
    archived: bool = False
    created_at: datetime

    @property
    def last_day(self) -> date:
        return self.valid_to or LATEST

    def holds_on(self, day: date) -> bool:
        return not self.archived and self.valid_from <= day <= self.last_day

    def state(self, today: date) -> ContractState:
        if today < self.valid_from:
            return "coming"
        return "current" if today <= self.last_day else "over"

    def overlaps(self, other: Contract) -> bool:
        return self.valid_from <= other.last_day and other.valid_from <= self.last_day

    def must_fit_among(self, others: Iterable[Contract]) -> None:
        """Raises RuleError for a period that ends before it begins, or meets another one's."""
        if self.last_day < self.valid_from:
            raise RuleError("valid_to", "it ends before it begins")
        if self.archived:
            return
        for other in others:
            if other.id != self.id and not other.archived and self.overlaps(other):
                until = other.valid_to or "further notice"
                raise RuleError(
                    "valid_from", f"contract {other.number} holds from {other.valid_from} until {until}"
                )

    def event(self) -> Event:
        return ContractSaved(
            id=self.id,
            version=self.version,
            company_id=self.company_id,
            number=self.number,
            plan_id=self.plan_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            included_minutes=self.included_minutes,
            rate=self.rate,
            additional_rate=self.additional_rate,
            archived=self.archived,
        )


def holding_on(contracts: Iterable[Contract], day: date) -> Contract | None:
    """The one that holds on that day; there is never a second."""
    return next((contract for contract in contracts if contract.holds_on(day)), None)
