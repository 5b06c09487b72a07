"""The queries of the list, typed and bounded; what is not offered is refused. And what routes stand on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import now
from chassis.parameters import LONGEST_CURSOR, position_in
from chassis.principal import Caller, Principal
from chassis.problems import Problem
from contracts.day import Day
from contracts.faq import ArticleStatus, Visibility
from contracts.faq_http import MOST_NUMBER
from contracts.text import Line
from services.faq.domain.listing import Listed, Position
from services.faq.domain.storage import FaqStorage


async def the_faq(request: Request) -> FaqStorage:
    return request.app.state.faq  # type: ignore[no-any-return]


async def the_day(request: Request) -> date:
    """By the clocks of those we look after."""
    return now().astimezone(request.app.state.zone).date()


async def the_reader(principal: Caller) -> Principal:
    """Staff, or a client's employee; the gateway itself has nobody to read for."""
    if principal.kind not in ("staff", "device"):
        raise Problem(403, "Only staff and clients' devices may do this.")
    return principal


TheFaq = Annotated[FaqStorage, Depends(the_faq)]
Today = Annotated[date, Depends(the_day)]
Reader = Annotated[Principal, Depends(the_reader)]
_STATUSES = get_args(ArticleStatus)


class ArticleQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: Annotated[Line, Field(max_length=200)] = ""
    status: Annotated[str, Field(max_length=60)] = ""
    visibility: Visibility | None = None
    category: Annotated[Line, Field(max_length=100)] | None = None
    tag: Annotated[Line, Field(max_length=40)] | None = None
    stale: bool = False
    mine: bool = False
    ticket: Annotated[int, Field(ge=1, le=MOST_NUMBER)] | None = None
    # Not where articles are one of many things searched at once: a client is no gap in the FAQ.
    counted: bool = True
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""

    def listed(self, today: date, caller: UUID) -> Listed:
        return Listed(
            **({"statuses": self._statuses()} if self.status else {}),
            visibility=self.visibility,
            category=self.category,
            tag=self.tag,
            stale_on=today if self.stale else None,
            writer=caller if self.mine else None,
            ticket=self.ticket,
            limit=self.limit,
        )

    def _statuses(self) -> tuple[ArticleStatus, ...]:
        named = tuple(part for part in self.status.split(",") if part)
        if not named or not set(named) <= set(_STATUSES):
            raise Problem(422, errors=[("status", "names of statuses, separated by commas")])
        return tuple(status for status in _STATUSES if status in named)

    def position(self) -> Position | None:
        return position_in(self.cursor, Position)


class MissQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    # Days by the clocks of those we look after, both included.
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    sort: Literal["-count"] = "-count"
