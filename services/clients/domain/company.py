"""A company that we look after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.clients import CompanySaved
from contracts.envelope import Event
from contracts.people import CompanyRef
from services.clients.domain.aggregate import Aggregate

_KNOWN_TO_DEVICES = frozenset({"name", "screenshots_allowed", "archived"})


class Company(Aggregate):
    """`devices_behind` is the version whose change its devices have not all been told yet."""

    UNTOLD = frozenset({"devices_behind"})

    name: str
    short_name: str = ""
    tax_id: str = ""
    notes: str = ""
    responsible_id: UUID | None = None
    screenshots_allowed: bool = True
    archived: bool = False
    created_at: datetime
    devices_behind: int | None = None

    @property
    def reference(self) -> CompanyRef:
        return CompanyRef(id=self.id, name=self.name)

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        names = super().change(wanted, at)
        if not _KNOWN_TO_DEVICES.isdisjoint(names):
            self.devices_behind = self.version + 1
        return names

    def event(self) -> Event:
        return CompanySaved(
            id=self.id,
            version=self.version,
            name=self.name,
            short_name=self.short_name,
            tax_id=self.tax_id,
            screenshots_allowed=self.screenshots_allowed,
            responsible_id=self.responsible_id,
            archived=self.archived,
        )
