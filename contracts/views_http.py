"""Saved views of the list over HTTP: a name for filters and an order, one's own or shared."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from contracts.gateway import Role
from contracts.people import StaffRef
from contracts.text import Line
from contracts.tickets import Priority, Status

MOST_VIEWS = 50
# From here on a count says only that there are more.
MOST_COUNTED = 99
BuiltIn = Literal["open", "new", "mine", "all"]
SharedWith = Literal["all"] | Role
ViewName = Annotated[Line, Field(min_length=1, max_length=60)]
_Shared = Annotated[
    list[SharedWith], Field(max_length=5), AfterValidator(lambda given: sorted(set(given), key=str))
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ViewFilters(_Body):
    """What the list's address says; `me` is whoever looks, so that a shared view serves everybody.

    `status`: this one alone, instead of those of the view.
    """

    view: BuiltIn = "open"
    assignee: UUID | Literal["none", "me"] | None = None
    company: UUID | None = None
    person: UUID | None = None
    equipment: UUID | None = None
    category: Annotated[Line, Field(max_length=200)] | None = None
    priority: Priority | None = None
    sla: Literal["broken", "warned"] | None = None
    status: Status | None = None
    q: Annotated[Line, Field(max_length=200)] = ""
    sort: Literal["-number", "number", "-updated_at", "resolution_due", "due"] = "-number"


class NewView(_Body):
    """`shared_with`: nobody else (empty), all, or whoever has one of these roles."""

    name: ViewName
    filters: ViewFilters
    shared_with: _Shared = []


class ViewPatch(_Body):
    """Fields to change; absent ones stay."""

    name: ViewName | None = None
    filters: ViewFilters | None = None
    shared_with: _Shared | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ViewPatch:
        if not self.model_fields_set:
            raise ValueError("name at least one field to change")
        if any(getattr(self, name) is None for name in self.model_fields_set):
            raise ValueError("no field can be null")
        return self

    def wanted(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.model_fields_set}


class SavedView(BaseModel):
    """`may_change`: it is the caller's own, or shared and the caller keeps such for others."""

    id: UUID
    name: str
    filters: ViewFilters
    shared_with: list[SharedWith]
    owner: StaffRef
    may_change: bool
    version: int


class SavedViews(BaseModel):
    """In the caller's own order; `home` is what the list begins with."""

    items: list[SavedView]
    home: BuiltIn | UUID


class Arrangement(_Body):
    """Each specialist's own: views not named come after those that are."""

    order: Annotated[list[UUID], Field(max_length=200)]
    home: BuiltIn | UUID = "open"


class ViewCount(BaseModel):
    """`count` null: it could not be told soon enough; `more`: there are more than that."""

    id: BuiltIn | UUID
    count: int | None
    more: bool = False


class ViewCounts(BaseModel):
    items: list[ViewCount]
