"""What a specialist is told of by a mark in the bar: what others gave them, and where they are named."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.day import Moment
from contracts.people import Author, CompanyRef


class Notice(BaseModel):
    """`rule`: the name of the rule that did it, empty where a colleague did."""

    kind: Literal["assigned", "mentioned"] = "assigned"
    ticket_id: UUID
    number: int
    title: str
    company: CompanyRef
    at: AwareDatetime
    by: Author
    rule: str = ""
    unread: bool


class UnreadList(BaseModel):
    """The newest first, of the last thirty days; of what was given, only open tickets that one still has."""

    items: list[Notice]
    unread: int


class UnreadSeen(BaseModel):
    """What came until this moment has been read."""

    model_config = ConfigDict(extra="forbid")

    until: Moment
