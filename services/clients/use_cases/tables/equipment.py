"""Equipment as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.equipment_http import EquipmentPatch, NewEquipment
from services.clients.domain.company import Company
from services.clients.domain.equipment import Equipment
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import plain, sort_key
from services.clients.domain.storage import EquipmentStorage, RegistryStorage
from services.clients.domain.tables.connections import HANGS_ON, answering_to
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.field import EQUIPMENT
from services.clients.use_cases.keep_equipment import add_equipment, change_equipment
from services.clients.use_cases.tables.people import called_by, person_called
from services.clients.use_cases.tables.table import plain_creation
from services.clients.use_cases.tables.whose import id_of, with_companies


class EquipmentTable:
    columns = EQUIPMENT
    add = staticmethod(add_equipment)
    change = staticmethod(change_equipment)
    creation = staticmethod(plain_creation)

    def may_write(self, staff: Principal) -> str:
        return ""

    def storage(self, registry: RegistryStorage) -> EquipmentStorage:
        return registry.equipment

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Equipment], Position | None]:
        return await registry.equipment.page(wanted, position)

    def company_of(self, it: Equipment) -> UUID:
        return it.company_id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Equipment]:
        """By serial number; else by name, unless they are known to have another serial number."""
        serial, name = fields.get("serial", ""), fields.get("name", "")
        if serial and (found := await registry.equipment.marked(id_of(company), [f"serial:{plain(serial)}"])):
            return found
        named = await _called(registry, id_of(company), name) if name else []
        return [piece for piece in named if not serial or not piece.serial]

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Equipment | None,
    ) -> dict[str, Any]:
        """Who uses it is named by e-mail, full name or id; what it hangs on by name or id."""
        found = dict(fields)
        person, above = found.pop("person", None), found.pop("connected_to", None)
        if company_id is None:
            return found
        if person:
            found["person_id"] = await person_called(registry, company_id, person, "person")
        if above:
            found |= await _upstream(registry, company_id, above)
        return found

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewEquipment:
        return NewEquipment.model_validate({**fields, "company_id": id_of(company)})

    def patch(self, fields: Mapping[str, Any]) -> EquipmentPatch:
        return EquipmentPatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return f"{id_of(company)} {plain(fields.get('serial', '')) or plain(fields['name'])}"

    async def written(self, registry: RegistryStorage, items: Sequence[Equipment]) -> list[dict[str, Any]]:
        called = await called_by(registry, [item.person_id for item in items if item.person_id])
        rows = await with_companies(registry, items)
        for row, item in zip(rows, items, strict=True):
            row["warranty_until"] = item.warranty_until
            row["person"] = called[item.person_id] if item.person_id else ""
        return rows


async def _called(registry: RegistryStorage, company: UUID, name: str) -> list[Equipment]:
    named = await registry.equipment.having({"company_id": company, "sort_name": sort_key(name)})
    return [piece for piece in named if plain(piece.name) == plain(name)]


async def _upstream(registry: RegistryStorage, company: UUID, said: str) -> dict[str, Any]:
    """What is not there yet another row may add."""
    if _id_in(said) or await _called(registry, company, said):
        return {"connected_to": await piece_called(registry, company, said, "connected_to")}
    return {HANGS_ON: answering_to(company, said)}


async def piece_called(registry: RegistryStorage, company: UUID, said: str, field: str) -> UUID:
    """An id stands as it is: whether it is of this company is checked with the piece. Raises RowError."""
    if key := _id_in(said):
        return key
    found = await _called(registry, company, said)
    if len(found) != 1:
        how_many = "several pieces are" if found else "nothing is"
        raise RowError(f"{field}: {how_many} called {said[:100]} at this company")
    return found[0].id


def _id_in(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
