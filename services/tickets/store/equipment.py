"""The clients' equipment, mirrored from the events of clients: as much as a ticket names."""

from __future__ import annotations

from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from contracts.equipment import EquipmentSaved
from contracts.people import EquipmentRef


class Equipment:
    def __init__(self, database: Database) -> None:
        self._pieces = database["equipment"]

    async def save(self, piece: EquipmentSaved) -> None:
        fields = {
            "name": piece.name,
            "kind": piece.kind,
            "company_id": piece.company_id,
            "archived": piece.archived,
        }
        await save_if_newer(self._pieces, piece.id, piece.version, fields)

    async def kind_of(self, piece_id: UUID) -> str | None:
        """None for what is not known."""
        found = await self._pieces.find_one({"_id": piece_id}, {"kind": 1})
        return found.get("kind") if found else None

    async def find_of(self, company: UUID, piece_id: UUID) -> EquipmentRef | None:
        found = await self._pieces.find_one({"_id": piece_id, "company_id": company, "archived": False})
        return EquipmentRef(id=piece_id, name=found["name"]) if found else None
