"""Who gets a new ticket: the first rule that finds somebody decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from contracts.assignment_http import AssignmentRule
from contracts.gateway import Role
from contracts.people import Author, StaffRef
from services.tickets.domain.plan import Plan
from services.tickets.domain.ticket import Ticket

_LONGEST_WAY = 5
_SYSTEM = Author(kind="system", full_name="")


class Colleague(BaseModel):
    """A member of staff as the events of the gateway tell."""

    id: UUID
    full_name: str
    roles: list[Role] = Field(default_factory=list)
    active: bool = True
    companies: list[UUID] | None = None
    away_until: AwareDatetime | None = None
    deputy_id: UUID | None = None

    @property
    def reference(self) -> StaffRef:
        return StaffRef(id=self.id, full_name=self.full_name)

    def may_have(self, company: UUID) -> bool:
        return self.active and (self.companies is None or company in self.companies)

    def is_away(self, at: datetime) -> bool:
        return self.away_until is not None and self.away_until > at


class Rules(BaseModel):
    """`turns`: the number of the last ticket that the rules gave to each; who had none has the next turn."""

    version: int = 0
    items: list[AssignmentRule] = Field(default_factory=list)
    turns: dict[UUID, int] = Field(default_factory=dict)


class Asked(NamedTuple):
    """What is to be assigned: `categories` are the ticket's own and its group."""

    company: UUID
    responsible: UUID | None
    categories: Collection[UUID]


class Choice(NamedTuple):
    colleague: Colleague
    rule: AssignmentRule


class Rota:
    """Who is there at a moment, and how many open tickets each has."""

    def __init__(self, colleagues: Sequence[Colleague], loads: Mapping[UUID, int], at: datetime) -> None:
        self._colleagues = {one.id: one for one in colleagues}
        self._loads = loads
        self._at = at

    def choose(self, rules: Rules, asked: Asked) -> Choice | None:
        for rule in rules.items:
            if not rule.enabled:
                continue
            if found := self._least_loaded(self._named_by(rule, asked), asked.company, rules.turns):
                return Choice(found, rule)
        return None

    def _named_by(self, rule: AssignmentRule, asked: Asked) -> Sequence[UUID]:
        if rule.kind == "responsible":
            return [asked.responsible] if asked.responsible else []
        if rule.kind == "category":
            return [] if set(rule.categories).isdisjoint(asked.categories) else rule.staff
        return rule.staff or [one.id for one in self._colleagues.values() if "specialist" in one.roles]

    def _least_loaded(
        self, keys: Sequence[UUID], company: UUID, turns: Mapping[UUID, int]
    ) -> Colleague | None:
        """Of those with equally few whose turn is the longest ago: nobody gets all that is solved at once."""
        there = [found for key in keys if (found := self._there_for(key, company))]
        return min(
            there,
            key=lambda one: (self._loads.get(one.id, 0), turns.get(one.id, 0), str(one.id)),
            default=None,
        )

    def _there_for(self, key: UUID, company: UUID) -> Colleague | None:
        """Somebody, or who stands in for them, or for that one; None where that leads to nobody."""
        wanted: UUID | None = key
        for _ in range(_LONGEST_WAY):
            one = self._colleagues.get(wanted) if wanted else None
            if one is None or not one.active:
                return None
            if not one.is_away(self._at):
                return one if one.may_have(company) else None
            wanted = one.deputy_id
        return None


def assign(ticket: Ticket, choice: Choice, at: datetime, plan: Plan, entry_id: UUID) -> None:
    """By the system; the log tells which rule it was."""
    ticket.change({"assignee": choice.colleague.reference}, _SYSTEM, at, plan, entry_id)
    entry = ticket.entries[-1]
    ticket.entries[-1] = entry.model_copy(update={"text": choice.rule.name})
