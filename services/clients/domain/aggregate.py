"""What companies, people and devices have in common: an id, a version, what to announce, a history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, PrivateAttr

from contracts.envelope import Event
from contracts.history_http import Doer, HistoryEntry
from services.clients.domain.trail import SYSTEM, change_of

_OWN = frozenset({"id", "version", "created_at", "updated_at"})


class Aggregate(BaseModel):
    """Methods change it in place; `take_events` then raises the version once for all of it.

    `SECRET` fields are in the history without what they were, `UNTOLD` ones (our own bookkeeping) are not.
    """

    SECRET: ClassVar[frozenset[str]] = frozenset()
    UNTOLD: ClassVar[frozenset[str]] = frozenset()

    id: UUID
    version: int = 0
    updated_at: datetime

    _is_changed: bool = PrivateAttr(default=False)
    _before: Mapping[str, Any] = PrivateAttr(default={})
    # None is the system: a default that is a model would be copied for each aggregate that is read.
    _doer: Doer | None = PrivateAttr(default=None)

    def event(self) -> Event:
        """The state it is in, as an event."""
        raise NotImplementedError

    def differing(self, wanted: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of the wanted fields that stand otherwise now."""
        return tuple(name for name, value in wanted.items() if getattr(self, name) != value)

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        """Set these fields; returns the names of those that really changed."""
        names = self.differing(wanted)
        self._before = {**self.model_dump(include=set(names)), **self._before}
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

    def signed(self, by: Doer) -> Self:
        """Whoever changes it from here on; until it is said, the system."""
        self._doer = by
        return self

    def take_entry(self) -> HistoryEntry:
        """What its history says of the version that `take_events` has made."""
        before = self._before if self.version > 1 else self._defaults()
        self._before = {}
        after = self.model_dump(include=set(before))
        changes = [
            change_of(name, before[name], after[name], is_secret=name in self.SECRET)
            for name in type(self).model_fields
            if name in before and before[name] != after[name] and name not in _OWN | self.UNTOLD
        ]
        return HistoryEntry(
            version=self.version, at=self.updated_at, by=self._doer or SYSTEM, changes=changes
        )

    def _defaults(self) -> dict[str, Any]:
        fields = type(self).model_fields.items()
        return {
            name: None if field.is_required() else field.get_default(call_default_factory=True)
            for name, field in fields
        }
