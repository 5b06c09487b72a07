"""A history names others by their ids: this is what they are called."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from uuid import UUID

from contracts.history_http import HistoryEntry
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.trail import ids_in


async def names_in(registry: RegistryStorage, entries: Iterable[HistoryEntry]) -> dict[UUID, str]:
    """Only of the thing's own company: nothing else is ever referred to."""
    keys = ids_in(change for entry in entries for change in entry.changes)
    if not keys:
        return {}
    companies, people, pieces = await asyncio.gather(
        registry.companies.references(keys),
        registry.people.references(keys),
        registry.equipment.references(keys),
    )
    return {
        **{key: one.name for key, one in companies.items()},
        **{key: one.full_name for key, one in people.items()},
        **{key: one.name for key, one in pieces.items()},
    }
