"""What tickets says of its categories: a tree of two levels that tickets are grouped by."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from contracts.envelope import Event

# Between a group and what is in it: «Печать / Картриджи».
SEPARATOR = " / "


class CategorySaved(Event):
    """How a category stands now; whoever names one that is `merged_into` another means that one."""

    TYPE: ClassVar[str] = "helpdesk.category.saved.v1"
    SOURCE: ClassVar[str] = "/services/tickets"

    id: UUID
    version: int
    name: str
    parent_id: UUID | None = None
    merged_into: UUID | None = None
    archived: bool = False

    @property
    def subject(self) -> str:
        return str(self.id)
