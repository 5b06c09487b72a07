"""What one may ask the list of articles for."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.faq import ArticleStatus, Visibility

_LAST_MOMENT = 253_402_300_799_000


class Listed(BaseModel):
    """Filters that hold together; `stale_on`: those that should have been read again before that day.

    `writer`: those that this one wrote first, or last; `ticket`: those made from it.
    """

    model_config = ConfigDict(frozen=True)

    statuses: tuple[ArticleStatus, ...] = ("draft", "published")
    visibility: Visibility | None = None
    category: str | None = None
    tag: str | None = None
    stale_on: date | None = None
    writer: UUID | None = None
    ticket: int | None = None
    limit: int = 50


class Position(BaseModel):
    """Where a page ended: the moment of change (milliseconds) and id of its last article."""

    model_config = ConfigDict(frozen=True)

    key: Annotated[int, Field(ge=0, le=_LAST_MOMENT)]
    id: UUID
