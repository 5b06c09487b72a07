"""What the use cases need remembered of a specialist's own work; the store keeps the promise."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from services.tickets.domain.draft import Draft
from services.tickets.domain.template import Template
from services.tickets.domain.timer import Timer


class DeskWorkStorage(Protocol):
    async def draft(self, staff: UUID, number: int) -> Draft:
        """An empty one where there is none."""

    async def save_draft(self, staff: UUID, number: int, draft: Draft) -> None:
        """Raises ConflictError when another window was faster."""

    async def timer(self, staff: UUID) -> Timer | None:
        """The one there is."""

    async def save_timer(self, staff: UUID, timer: Timer) -> None:
        """Raises ConflictError when another window was faster."""

    async def stop_timer(self, staff: UUID, timer: Timer, draft: Draft) -> None:
        """Take it away and keep the draft that has its minutes, both or neither; raises ConflictError."""


class TemplateStorage(Protocol):
    async def add(self, template: Template) -> bool:
        """False when the id is there already."""

    async def get(self, template_id: UUID) -> Template:
        """Raises TemplateNotFoundError."""

    async def seen_by(self, staff: UUID, most: int) -> list[Template]:
        """By name: one's own, and those that are shared."""

    async def count_of(self, staff: UUID) -> int:
        """How many one has written."""

    async def save(self, template: Template) -> None:
        """Raises ConflictError if somebody else changed it."""

    async def remove(self, template: Template) -> None:
        """Raises ConflictError if somebody else changed it."""
