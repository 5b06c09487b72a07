"""One change of several tickets at once, and what became of each."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.tickets_http import TicketPatch

MOST_AT_ONCE = 100
# What is one ticket's own, its title and its piece of equipment, is not for several.
_FOR_ONE_ONLY = {"title", "equipment"}
TicketNumber = Annotated[int, Field(ge=1, le=2**53, strict=True)]


class BulkChange(BaseModel):
    """The same fields as of one ticket, but for title and equipment; a number named twice counts once."""

    model_config = ConfigDict(extra="forbid")

    numbers: Annotated[list[TicketNumber], Field(min_length=1, max_length=MOST_AT_ONCE)]
    change: TicketPatch

    @model_validator(mode="after")
    def _is_for_several(self) -> BulkChange:
        if self.change.model_fields_set & _FOR_ONE_ONLY:
            raise ValueError("title and equipment are changed ticket by ticket")
        return self


class BulkOutcome(BaseModel):
    """`status` is what changing this ticket alone would have answered; `field` is the one at fault."""

    number: int
    status: int
    version: int | None = None
    field: str | None = None
    detail: str | None = None


class BulkAnswer(BaseModel):
    """In the order asked for; `changed` counts those that are now as wanted."""

    changed: int
    items: list[BulkOutcome]
