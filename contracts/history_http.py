"""What became of a thing of the registry, and by whom: its history over HTTP."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Doer(BaseModel):
    """Who did it: a member of the staff (`import`: by a table), a client's person, or the system itself."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["staff", "import", "person", "system"]
    id: UUID | None = None
    full_name: str = ""


class Change(BaseModel):
    """Of a secret it is only said that it changed: both values are null then."""

    field: str
    before: Any = None
    after: Any = None
    is_secret: bool = False


class HistoryEntry(BaseModel):
    """How it became `version`; version 1 is how it was made: everything that was said of it then."""

    version: int
    at: AwareDatetime
    by: Doer
    changes: list[Change]


class HistoryPage(BaseModel):
    """The newest first. `names` are those of the people, pieces and companies that changes name by id."""

    items: list[HistoryEntry]
    names: dict[UUID, str]
    next: str | None = None
