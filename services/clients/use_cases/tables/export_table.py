"""The registry as a file, in pages: what an import reads back as nothing new."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.field import Language
from services.clients.use_cases.tables import Table

_PAGE = 200


def titles_of(table: Table[Any], language: Language) -> list[str]:
    return [field.title(language) for field in table.columns.open]


async def exported(
    registry: RegistryStorage, table: Table[Any], wanted: Wanted, language: Language
) -> AsyncIterator[list[list[str]]]:
    """Page by page, each row in the order of the titles; only what the caller may see."""
    position: Position | None = None
    while True:
        found, position = await table.page(registry, wanted, position)
        written = await table.written(registry, found)
        yield [
            [field.write(values.get(field.name), language) for field in table.columns.open]
            for values in written
        ]
        if position is None:
            return


def all_of(staff: Principal, company: UUID | None) -> Wanted:
    """Or all of one company."""
    return Wanted(company=company, companies=staff.companies, limit=_PAGE)
