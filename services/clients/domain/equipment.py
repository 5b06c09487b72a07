"""A piece of equipment, and by what it is known again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from contracts.day import Day
from contracts.envelope import Event
from contracts.equipment import EquipmentKind, EquipmentSaved
from contracts.equipment_http import Seen
from contracts.people import EquipmentRef
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.search import name_keys, plain

# What a mark proves: a serial number is one machine's for ever, an address anybody's tomorrow.
_WEIGHTS = {"serial": 8, "mac": 4, "host": 2, "ip": 1}
_SUBSTANTIAL = 2


class Equipment(Aggregate):
    """`addresses` and `mac` are in one spelling (contracts.network)."""

    company_id: UUID
    kind: EquipmentKind
    name: str
    model: str = ""
    serial: str = ""
    hostname: str = ""
    addresses: list[str] = Field(default_factory=list)
    mac: str = ""
    place: str = ""
    person_id: UUID | None = None
    connected_to: UUID | None = None
    warranty_until: Day | None = None
    notes: str = ""
    archived: bool = False
    created_at: datetime

    @property
    def reference(self) -> EquipmentRef:
        return EquipmentRef(id=self.id, name=self.name)

    @property
    def marks(self) -> set[str]:
        return set(_marks(self.serial, self.mac, self.hostname, self.addresses))

    @property
    def keys(self) -> set[str]:
        """Beginnings of words it is looked for by; a MAC address also as vendors print it."""
        texts = (self.name, self.model, self.serial, self.hostname, self.place, self.mac, *self.addresses)
        found: set[str] = set().union(*map(name_keys, texts))
        if self.mac:
            found |= {self.mac.replace(":", ""), self.mac.replace(":", "-")}
        return found | ({plain(self.hostname).partition(".")[0]} - {""})

    def event(self) -> Event:
        return EquipmentSaved(
            id=self.id,
            version=self.version,
            company_id=self.company_id,
            kind=self.kind,
            name=self.name,
            model=self.model,
            serial=self.serial,
            hostname=self.hostname,
            addresses=self.addresses,
            mac=self.mac,
            place=self.place,
            person_id=self.person_id,
            warranty_until=self.warranty_until,
            archived=self.archived,
        )


def marks_seen(seen: Seen) -> set[str]:
    return set(_marks(seen.serial, seen.mac, seen.hostname, seen.addresses))


def recognised(pieces: Iterable[Equipment], seen: Seen) -> Equipment | None:
    """The one with the strongest marks in common; an address alone, or two alike, prove nothing."""
    wanted = marks_seen(seen)
    ranked = sorted(((_weight(piece.marks & wanted), piece) for piece in pieces), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < _SUBSTANTIAL:
        return None
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        return None
    return ranked[0][1]


def learned(piece: Equipment, seen: Seen, addresses: list[str]) -> dict[str, Any]:
    """Fields that stand otherwise than what was seen; what was not seen is not forgotten."""
    said: dict[str, Any] = {
        "hostname": seen.hostname,
        "serial": seen.serial,
        "addresses": addresses,
        "mac": seen.mac,
        "person_id": seen.person_id if piece.person_id is None else None,
    }
    return {name: value for name, value in said.items() if value and not _same(getattr(piece, name), value)}


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return set(before) == set(after)
    return plain(before) == plain(after) if isinstance(before, str) else bool(before == after)


def _marks(serial: str, mac: str, hostname: str, addresses: Iterable[str]) -> Iterator[str]:
    if serial:
        yield f"serial:{plain(serial)}"
    if mac:
        yield f"mac:{mac}"
    if hostname:
        yield f"host:{plain(hostname).partition('.')[0]}"
    for address in addresses:
        yield f"ip:{address}"


def _weight(marks: Iterable[str]) -> int:
    return sum({kind: _WEIGHTS[kind] for kind in (mark.partition(":")[0] for mark in marks)}.values())
