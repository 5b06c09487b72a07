"""What one may ask the list of tickets for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.tickets import Priority, Status

# The end of the year 9999 in milliseconds; a ticket's number is smaller.
_LAST_MOMENT = 253_402_300_799_000
LARGEST_NUMBER = 2**53
Sort = Literal["-number", "number", "-updated_at", "resolution_due", "due"]
# A target was missed, or four fifths of one are used and none was missed.
Judged = Literal["broken", "warned"]


class Wanted(BaseModel):
    """Filters of the list, all together; `companies` are those the caller may see (None: all).

    `categories`: any of these; `category` is a text that names none of the tree. The order `due` is that of
    the clocks: the next deadline of each, then those whose clock stands.
    """

    model_config = ConfigDict(frozen=True)

    statuses: tuple[Status, ...] = ()
    company: UUID | None = None
    assignee: UUID | Literal["none"] | None = None
    category: str | None = None
    categories: tuple[UUID, ...] = ()
    priority: Priority | None = None
    sla: Judged | None = None
    person: UUID | None = None
    equipment: UUID | None = None
    text: str = ""
    number: int | None = None
    companies: tuple[UUID, ...] | None = None
    sort: Sort = "-number"
    limit: int = 50


def number_in(text: str) -> int | None:
    """A ticket's number, as people write it: «№ 10412»."""
    digits = text.lstrip("№# ")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 20
    return int(digits) if is_number and int(digits) <= LARGEST_NUMBER else None


class Position(BaseModel):
    """Where a page of the list ended: the sort key and number of its last ticket."""

    model_config = ConfigDict(frozen=True)

    key: Annotated[int, Field(ge=0, le=_LAST_MOMENT)]
    number: Annotated[int, Field(ge=0, le=2**53)]
