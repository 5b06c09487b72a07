"""Who has a ticket open and who is writing in it, over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool


class PresenceBody(BaseModel):
    """One tab says where it is, again every ten seconds; `number` null: at no ticket any more."""

    model_config = ConfigDict(extra="forbid")

    tab: UUID
    number: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = None
    typing: StrictBool = False


class Present(BaseModel):
    id: UUID
    full_name: str
    typing: bool


class TicketPresence(BaseModel):
    """Nobody: `who` is empty. The same comes live as the event `presence`."""

    number: int
    who: list[Present]


class PresenceList(BaseModel):
    items: list[TicketPresence]
