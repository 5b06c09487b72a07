"""Rules of assignment over HTTP: who gets a new ticket, and a trial of who would."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.people import StaffRef
from contracts.text import Line

MOST_RULES = 50
RuleKind = Literal["responsible", "category", "load"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AssignmentRule(_Body):
    """`responsible`: whoever is responsible for the company. `category`: of `staff`, for these `categories`
    (a group means all in it). `load`: of `staff`, or of all specialists where nobody is named.

    Of several the one with the fewest open tickets; who is away is stood in for by the deputy, or passed by.
    """

    id: UUID
    kind: RuleKind
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    enabled: StrictBool = True
    categories: Annotated[list[UUID], Field(max_length=200)] = []
    staff: Annotated[list[UUID], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _names_whom_and_what(self) -> AssignmentRule:
        if self.kind == "category" and not (self.categories and self.staff):
            raise ValueError("a rule by category names categories and specialists")
        return self


class NewRules(_Body):
    """All rules in their order: the first that finds somebody decides."""

    items: Annotated[list[AssignmentRule], Field(max_length=MOST_RULES)]


class RulesView(BaseModel):
    items: list[AssignmentRule]
    version: int


class Trial(_Body):
    company_id: UUID
    category_id: UUID | None = None


class TrialView(BaseModel):
    """Both null: nobody would get it."""

    staff: StaffRef | None = None
    rule: str | None = None
