"""What one may ask the lists for."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.equipment import EquipmentKind

# The beginning of a word, or any of several whole words.
Sought = str | tuple[str, ...]


class Wanted(BaseModel):
    """Filters that hold together.

    `companies`: all the caller may see (None: all); `pieces`: the equipment that `person` uses.
    """

    model_config = ConfigDict(frozen=True)

    words: tuple[Sought, ...] = ()
    company: UUID | None = None
    person: UUID | None = None
    equipment: UUID | None = None
    pieces: tuple[UUID, ...] = ()
    kinds: tuple[EquipmentKind, ...] = ()
    confirmed: bool | None = None
    archived: bool = False
    companies: tuple[UUID, ...] | None = None
    limit: int = 50


class Position(BaseModel):
    """Where a page ended: the sort key (a name, or nothing) and id of its last item."""

    model_config = ConfigDict(frozen=True)

    key: str = ""
    id: UUID
