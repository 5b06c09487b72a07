"""Somebody at a client company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.clients import PersonSaved
from contracts.contact import email_key
from contracts.envelope import Event
from contracts.people import PersonRef
from services.clients.domain.aggregate import Aggregate

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

    @property
    def reference(self) -> PersonRef:
        return PersonRef(id=self.id, full_name=self.full_name)

    @property
    def recognised_by(self) -> str | None:
        """Only one living person of a company has it; who left is not recognised any more."""
        return None if self.archived else email_key(self.email) or None

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        names = super().change(wanted, at)
        if not _KNOWN_TO_DEVICES.isdisjoint(names):
            self.devices_behind = self.version + 1
        return names

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
        )
