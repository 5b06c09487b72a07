"""What companies, people and devices have in common: an id, a version, and telling what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, PrivateAttr

from contracts.envelope import Event


class Aggregate(BaseModel):
    """Methods change it in place; `take_events` then raises the version once for all of it."""

    id: UUID
    version: int = 0
    updated_at: datetime

    _is_changed: bool = PrivateAttr(default=False)

    def event(self) -> Event:
        """The state it is in, as an event."""
        raise NotImplementedError

    def differing(self, wanted: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of the wanted fields that stand otherwise now."""
        return tuple(name for name, value in wanted.items() if getattr(self, name) != value)

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        """Set these fields; returns the names of those that really changed."""
        names = self.differing(wanted)
        for name in names:
            setattr(self, name, wanted[name])
        if names:
            self.updated_at = max(at, self.updated_at)
            self._is_changed = True
        return names

    def take_events(self) -> list[Event]:
        """What to announce since the last time: nothing if nothing changed, all there is when new."""
        if self.version and not self._is_changed:
            return []
        self._is_changed = False
        self.version += 1
        return [self.event()]
