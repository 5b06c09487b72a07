"""What a preview's differences name by an id, as people call it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from uuid import UUID

from chassis.principal import Principal
from contracts.import_http import FieldDifference
from services.clients.domain.storage import RegistryStorage

# Fields of which the sides are ids: of one, or of several with commas between them.
NAMING = frozenset({"person_id", "equipment_id", "connected_to", "people", "equipment", "plan_id"})


async def names_said(
    registry: RegistryStorage, differences: Iterable[FieldDifference], staff: Principal
) -> dict[str, str]:
    """By id as text; an id that is not the caller's to see stays an id."""
    said = {
        part
        for one in differences
        if one.field in NAMING
        for side in (one.before, one.after)
        for part in side.split(", ")
    }
    keys = {key for part in said if (key := _id_in(part))}
    if not keys:
        return {}
    asked = list(keys)
    people, pieces, plans = await asyncio.gather(
        registry.people.several(asked), registry.equipment.several(asked), registry.plans.names()
    )
    return {
        **{str(one.id): one.full_name for one in people.values() if staff.may_see_company(one.company_id)},
        **{str(one.id): one.name for one in pieces.values() if staff.may_see_company(one.company_id)},
        **{str(key): plans[key] for key in keys & plans.keys()},
    }


def _id_in(part: str) -> UUID | None:
    try:
        return UUID(part)
    except ValueError:
        return None
