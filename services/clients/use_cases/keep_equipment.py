"""Equipment is added, changed, archived; whoever uses it and whatever it hangs on is of the same company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.equipment_http import NewEquipment
from services.clients.domain.creation import creation_of
from services.clients.domain.equipment import Equipment
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import living_company
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.naming import naming
from services.clients.use_cases.revise import revise

_LONGEST_CHAIN = 30


async def find_equipment(registry: RegistryStorage, piece_id: UUID, staff: Principal) -> Equipment:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    piece = await registry.equipment.get(piece_id)
    if not staff.may_see_company(piece.company_id):
        raise NotInRegistryError
    return piece


async def add_equipment(
    registry: RegistryStorage, new: NewEquipment, staff: Principal, key: UUID | None, at: datetime
) -> Equipment:
    """Raises RuleError without such a company, and for a person or piece of another one."""
    await living_company(registry, new.company_id, staff)
    piece = Equipment(id=new_id(), created_at=at, updated_at=at, **_once_each(new.model_dump()))
    await _must_fit(registry, piece, new.model_dump())
    creation = creation_of(staff.id, key, new)

    async def make(inside: RegistryStorage) -> Equipment:
        # A fresh copy: this may run again, and the version is raised where the events are taken.
        return await make_once(inside.equipment, piece.model_copy(), creation, by=doer_of(staff))

    return await naming(registry, new.company_id, _people_in(new.model_dump()), "person_id", make)


async def change_equipment(
    registry: RegistryStorage,
    piece_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Equipment:
    """Raises NotInRegistryError, ConflictError, RuleError."""
    fields = _once_each(wanted)
    before = await find_equipment(registry, piece_id, staff)
    newcomers = _people_in({name: fields[name] for name in before.differing(fields)})

    async def change(inside: RegistryStorage) -> Equipment:
        piece = await find_equipment(inside, piece_id, staff)
        if fields.get("connected_to"):
            await inside.equipment.take_turn(piece.company_id)
        await _must_fit(inside, piece, {name: fields[name] for name in piece.differing(fields)})
        return await revise(
            inside.equipment,
            lambda: find_equipment(inside, piece_id, staff),
            lambda piece: piece.change(fields, at),
            version=version,
            wanted=fields,
            by=doer_of(staff),
        )

    if fields.get("connected_to") and not newcomers:
        # Two new connections at once could close a circle that neither of them sees.
        return await registry.in_transaction(change)
    return await naming(registry, before.company_id, newcomers, "person_id", change)


def _people_in(said: Mapping[str, Any]) -> set[UUID]:
    return {said["person_id"]} if said.get("person_id") else set()


def _once_each(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: list(dict.fromkeys(value)) if name == "addresses" else value for name, value in wanted.items()
    }


async def _must_fit(registry: RegistryStorage, piece: Equipment, wanted: Mapping[str, Any]) -> None:
    """What it hangs on already may stay, whatever became of it; so may who uses it."""
    if upstream := wanted.get("connected_to"):
        await _must_lead_away(registry, piece, upstream)


async def _must_lead_away(registry: RegistryStorage, piece: Equipment, upstream: UUID) -> None:
    """Up the cables one never comes back to the same piece."""
    above: UUID | None = upstream
    for _ in range(_LONGEST_CHAIN):
        if above is None:
            return
        if above == piece.id:
            raise RuleError("connected_to", "it would hang on itself")
        found = (await registry.equipment.several([above])).get(above)
        if found is None or found.company_id != piece.company_id or (found.archived and above == upstream):
            raise RuleError("connected_to", "the company has no such piece of equipment")
        above = found.connected_to
    raise RuleError("connected_to", f"more than {_LONGEST_CHAIN} pieces in a row")
