"""The queries of the lists, as documented; the services check them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.tickets import Priority

Text = Annotated[str, Field(max_length=200)]


class PageQuery(BaseModel):
    """`cursor` is the `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=1000)] = ""


class ColleaguesQuery(BaseModel):
    """`q`: the title as far as it is typed."""

    q: Text = ""


class WaitQuery(BaseModel):
    """Seconds to wait for the ticket's number, or for the `version` one has heard of by an event."""

    wait: Annotated[float, Field(ge=0, le=30)] = 0
    version: Annotated[int, Field(ge=1, le=2**31)] = 1


class TicketsQuery(PageQuery):
    """`status`: one or more, separated by commas. `category`: path, name or id; a group means all in it.

    `sla`: a target was missed, or is about to be. `sort=due`: by the next deadline, those on pause last.
    `q`: words in any of their forms, the last one as a beginning too, or a number; `found` tells where.
    """

    status: Annotated[str, Field(max_length=100, examples=["new,in_progress"])] = ""
    company: UUID | None = None
    assignee: UUID | Literal["none", "me"] | None = None
    category: Annotated[str, Field(max_length=200)] | None = None
    priority: Priority | None = None
    person: UUID | None = None
    equipment: UUID | None = None
    sla: Literal["broken", "warned"] | None = None
    q: Text = ""
    sort: Literal["-number", "number", "-updated_at", "resolution_due", "due"] = "-number"


class AlikeQuery(BaseModel):
    """`q`: what is being typed; without it, what the person has open."""

    company: UUID
    person: UUID | None = None
    q: Text = ""


class CompaniesQuery(PageQuery):
    q: Text = ""
    archived: bool = False


class PeopleQuery(CompaniesQuery):
    company: UUID | None = None


class ContextQuery(BaseModel):
    """Whose ticket it is, and about which piece of equipment."""

    person: UUID | None = None
    equipment: UUID | None = None


class DevicesQuery(PageQuery):
    company: UUID | None = None
    person: UUID | None = None
    confirmed: bool | None = None
    revoked: bool = False


class EventsQuery(BaseModel):
    """Where to go on, for clients that cannot send the header Last-Event-ID; who one is, for who is both."""

    last_event_id: Annotated[str, Field(max_length=100)] = ""
    as_: Annotated[Literal["staff", "device"], Field(alias="as")] = "staff"
