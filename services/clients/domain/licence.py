"""A licence of a company: its term, its seats, and who and what uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.day import Day
from contracts.envelope import Event
from contracts.terms import LicenceSaved
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.errors import RuleError
from services.clients.domain.term import days_until
from services.clients.domain.vault.data_key import CompanyKey

_OF_SEATS = frozenset({"people", "equipment", "seats"})
_SOON_DAYS = 30


class Licence(Aggregate):
    """`seats` None: as many as one likes. A person or a piece of equipment takes one seat each.

    `key` is ciphertext, empty where none is kept, `key_version` the version in which it came.
    """

    SECRET: ClassVar[frozenset[str]] = frozenset({"key"})
    UNTOLD: ClassVar[frozenset[str]] = frozenset({"key_version"})

    company_id: UUID
    product: str
    vendor: str = ""
    seats: int | None = None
    valid_until: Day | None = None
    people: list[UUID] = Field(default_factory=list)
    equipment: list[UUID] = Field(default_factory=list)
    notes: str = ""
    key: bytes = b""
    key_version: int = 0
    archived: bool = False
    created_at: datetime

    @property
    def seats_used(self) -> int:
        return len(self.people) + len(self.equipment)

    def change(self, wanted: Mapping[str, Any], at: datetime) -> tuple[str, ...]:
        """Raises RuleError when more would use it than there are seats."""
        names = super().change(wanted, at)
        for name in names:
            if name in _OF_SEATS:
                self.must_suffice(at_fault=name)
        return names

    def reseal(self, key: CompanyKey, text: str, at: datetime) -> None:
        """Keep another key; the same one stays the same ciphertext."""
        if not key.holds(self.id, "key", self.key, text):
            fresh = {"key": key.seal(self.id, "key", text), "key_version": self.version + 1}
            self.change(fresh, at)

    def must_suffice(self, at_fault: str = "seats") -> None:
        if self.seats is not None and self.seats_used > self.seats:
            raise RuleError(at_fault, f"{self.seats_used} would use it, and there are {self.seats} seats")

    def event(self) -> Event:
        return LicenceSaved(
            id=self.id,
            version=self.version,
            company_id=self.company_id,
            product=self.product,
            vendor=self.vendor,
            seats=self.seats,
            seats_used=self.seats_used,
            valid_until=self.valid_until,
            archived=self.archived,
        )


def once_each(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever is named twice among the users takes one seat."""
    return {
        name: list(dict.fromkeys(value)) if name in ("people", "equipment") else value
        for name, value in wanted.items()
    }


def most_telling(licences: Iterable[Licence], users: frozenset[UUID], today: date) -> list[Licence]:
    """Those that one of these users has first, then those that end soon or are over; else as they come."""

    def rank(licence: Licence) -> tuple[bool, bool]:
        left = days_until(licence.valid_until, today)
        is_used = not users.isdisjoint([*licence.people, *licence.equipment])
        return not is_used, left is None or left > _SOON_DAYS

    return sorted(licences, key=rank)
