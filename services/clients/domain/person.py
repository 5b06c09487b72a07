"""Somebody at a client company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import PrivateAttr

from contracts.clients import PersonMerged, PersonSaved
from contracts.contact import email_key
from contracts.envelope import Event
from contracts.people import PersonRef
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.errors import RuleError

_KNOWN_TO_DEVICES = frozenset({"full_name", "is_manager", "archived"})


class Person(Aggregate):
    """`devices_behind` is the version whose change their devices have not all been told yet."""

    UNTOLD = frozenset({"devices_behind"})

    company_id: UUID
    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    is_manager: bool = False
    archived: bool = False
    created_at: datetime
    devices_behind: int | None = None
    merged_into: UUID | None = None

    _target: PersonRef | None = PrivateAttr(default=None)

    @property
    def reference(self) -> PersonRef:
        return PersonRef(id=self.id, full_name=self.full_name)

    @property
    def recognised_by(self) -> str | None:
        """Only one living person of a company has it; who left is not recognised any more."""
        return None if self.archived else email_key(self.email) or None

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        if self.merged_into and wanted.get("archived") is False:
            raise RuleError("archived", "this is somebody else by now, who was entered twice")
        names = super().change(wanted, at)
        if not _KNOWN_TO_DEVICES.isdisjoint(names):
            self.devices_behind = self.version + 1
        return names

    def merge_into(self, target: Person, at: datetime) -> None:
        """Archived for good; raises RuleError for chains, and for anybody of another company."""
        if target.id == self.id:
            raise RuleError("into", "this is the same person")
        if target.company_id != self.company_id:
            raise RuleError("into", "there is nobody of this id")
        if self.merged_into:
            raise RuleError("into", "this person was merged into another one already")
        if target.archived:
            raise RuleError("into", "that person is archived")
        self.point_to(target, at)

    def point_to(self, target: Person, at: datetime) -> None:
        self.change({"archived": True, "merged_into": target.id}, at)
        self._target = target.reference

    def learn_from(self, twin: Person, at: datetime) -> None:
        """What is only known of the twin."""
        known = {name: getattr(twin, name) for name in ("position", "email", "phone")}
        self.change({name: value for name, value in known.items() if value and not getattr(self, name)}, at)

    def take_events(self) -> list[Event]:
        events = super().take_events()
        if events and self._target:
            events.append(self.merging(self._target))
            self._target = None
        return events

    def merging(self, target: PersonRef) -> PersonMerged:
        return PersonMerged(id=self.id, version=self.version, company_id=self.company_id, into=target)

    def event(self) -> Event:
        return PersonSaved(
            id=self.id,
            version=self.version,
            company_id=self.company_id,
            full_name=self.full_name,
            position=self.position,
            email=self.email,
            phone=self.phone,
            is_manager=self.is_manager,
            archived=self.archived,
            merged_into=self.merged_into,
        )
