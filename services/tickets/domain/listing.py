"""What one may ask the list of tickets for."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.tickets import Priority, Status

Sort = Literal["-number", "number", "-updated_at", "resolution_due"]


class Wanted(BaseModel):
    """Filters of the list, all together; `companies` are those the caller may see (None: all)."""

    model_config = ConfigDict(frozen=True)

    statuses: tuple[Status, ...] = ()
    company: UUID | None = None
    assignee: UUID | Literal["none"] | None = None
    category: str | None = None
    priority: Priority | None = None
    person: UUID | None = None
    text: str = ""
    number: int | None = None
    companies: tuple[UUID, ...] | None = None
    sort: Sort = "-number"
    limit: int = 50


class Position(BaseModel):
    """Where a page of the list ended: the sort key and number of its last ticket."""

    model_config = ConfigDict(frozen=True)

    key: int | float
    number: int
