"""What a computer says of itself is compared with what is known: nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from chassis.principal import Principal
from contracts.equipment import EquipmentKind
from contracts.equipment_http import NewEquipment, Seen
from services.clients.domain.equipment import Equipment, learned, marks_seen, recognised
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.keep_companies import find_company


@dataclass(frozen=True)
class Recognition:
    piece: Equipment | None
    wanted: Mapping[str, Any] = field(default_factory=dict)
    new: NewEquipment | None = None


async def recognise_equipment(registry: RegistryStorage, seen: Seen, staff: Principal) -> Recognition:
    """Raises NotInRegistryError for a company that is not there or not the caller's."""
    await find_company(registry, seen.company_id, staff)
    addresses = _lasting(seen.addresses)
    seen = seen.model_copy(update={"addresses": addresses})
    piece = recognised(await registry.equipment.marked(seen.company_id, marks_seen(seen)), seen)
    if piece:
        return Recognition(piece, learned(piece, seen, addresses))
    named = seen.hostname or seen.serial
    return Recognition(None, new=_proposal(seen, named, addresses) if named else None)


def _proposal(seen: Seen, name: str, addresses: list[str]) -> NewEquipment:
    return NewEquipment(
        company_id=seen.company_id,
        kind=_kind_of(seen.os),
        name=name[:200],
        hostname=seen.hostname,
        serial=seen.serial,
        addresses=addresses,
        mac=seen.mac,
        person_id=seen.person_id,
    )


def _kind_of(system: str) -> EquipmentKind:
    return "server" if "server" in system.casefold() else "workstation"


def _lasting(addresses: list[str]) -> list[str]:
    """In one spelling; what is no address, or is every machine's own, is left out."""
    kept: list[str] = []
    for text in addresses:
        try:
            address = ip_address(text)
        except ValueError:
            continue
        if not (
            address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
        ):
            kept.append(str(address))
    return list(dict.fromkeys(kept))
