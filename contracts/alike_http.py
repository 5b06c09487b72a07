"""Open tickets of a company that look like one being typed, over HTTP."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel

from contracts.people import PersonRef, StaffRef
from contracts.tickets import Status


class AlikeTicket(BaseModel):
    number: int
    title: str
    status: Status
    person: PersonRef
    assignee: StaffRef | None = None
    received_at: AwareDatetime
    likeness: float


class AlikeTickets(BaseModel):
    """The likest first, at most five."""

    items: list[AlikeTicket]
