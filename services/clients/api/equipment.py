"""The routes of equipment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from contracts.equipment_http import (
    EquipmentPage,
    EquipmentPatch,
    EquipmentView,
    NewEquipment,
    Recognised,
    Seen,
    SeenDifference,
)
from contracts.people import CompanyRef
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import EquipmentQuery
from services.clients.api.today import Today
from services.clients.domain.equipment import Equipment
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import days_until
from services.clients.use_cases.keep_equipment import add_equipment, change_equipment, find_equipment
from services.clients.use_cases.recognise_equipment import Recognition, recognise_equipment
from services.clients.use_cases.said import said_in

router = APIRouter(prefix="/equipment")


@router.get("")
async def list_equipment(
    query: Annotated[EquipmentQuery, Query()], staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    found, more = await query.page(registry.equipment, registry, staff)
    items = await equipment_views(registry, found, today)
    return answer(EquipmentPage(items=items, next=cursor_of(more)))


@router.post("")
async def post_equipment(
    new: NewEquipment, staff: Specialist, key: IdempotencyKey, registry: TheRegistry, today: Today
) -> Response:
    return await _answer(registry, await add_equipment(registry, new, staff, key, now()), today, status=201)


@router.post("/recognise")
async def post_seen(seen: Seen, staff: Specialist, registry: TheRegistry, today: Today) -> Response:
    recognition = await recognise_equipment(registry, seen, staff)
    return answer(await _recognised(registry, recognition, today))


@router.get("/{piece_id}")
async def get_equipment(piece_id: UUID, staff: Specialist, registry: TheRegistry, today: Today) -> Response:
    return await _answer(registry, await find_equipment(registry, piece_id, staff), today)


@router.patch("/{piece_id}")
async def patch_equipment(
    piece_id: UUID,
    patch: EquipmentPatch,
    staff: Specialist,
    version: Version,
    registry: TheRegistry,
    today: Today,
) -> Response:
    changed = await change_equipment(registry, piece_id, said_in(patch), staff, version, now())
    return await _answer(registry, changed, today)


@router.delete("/{piece_id}")
async def delete_equipment(
    piece_id: UUID, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_equipment(registry, piece_id, {"archived": True}, staff, version, now())
    return done()


async def equipment_views(
    registry: RegistryStorage, pieces: Sequence[Equipment], today: date, *known: CompanyRef
) -> list[EquipmentView]:
    """`known`: companies that need not be asked for."""
    companies = {one.id: one for one in known}
    asked, people, above = await asyncio.gather(
        registry.companies.references({piece.company_id for piece in pieces} - companies.keys()),
        registry.people.references(piece.person_id for piece in pieces if piece.person_id),
        registry.equipment.references(piece.connected_to for piece in pieces if piece.connected_to),
    )
    companies |= asked
    return [
        EquipmentView(
            company=companies[piece.company_id],
            person=people.get(piece.person_id) if piece.person_id else None,
            connected=above.get(piece.connected_to) if piece.connected_to else None,
            days_left=days_until(piece.warranty_until, today),
            **piece.model_dump(),
        )
        for piece in pieces
    ]


async def _answer(registry: RegistryStorage, piece: Equipment, today: date, status: int = 200) -> Response:
    (view,) = await equipment_views(registry, [piece], today)
    return answer(view, status=status, version=piece.version)


async def _recognised(registry: RegistryStorage, found: Recognition, today: date) -> Recognised:
    if found.piece is None:
        return Recognised(piece=None, changes=[], patch=None, new=found.new)
    (view,) = await equipment_views(registry, [found.piece], today)
    changes = [
        SeenDifference(field=name, before=_shown(getattr(found.piece, name)), after=_shown(value))
        for name, value in found.wanted.items()
    ]
    patch = EquipmentPatch.model_validate(found.wanted).model_dump(mode="json", exclude_unset=True)
    return Recognised(piece=view, changes=changes, patch=patch or None, new=None)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
