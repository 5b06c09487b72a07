"""Everything that is sealed for a company, as it lies in the collections: to be sealed anew by another key.

What is said stays the same, so no version rises, no history grows and nothing is announced. A replacement
holds only while the very same ciphertexts are there: whoever changes one meanwhile goes first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple
from uuid import UUID

from chassis.mongo import Collection, Database
from services.clients.domain.credential import SEALED


class Sealed(NamedTuple):
    """The sealed fields of one credential or licence."""

    collection: str
    owner: UUID
    fields: Mapping[str, bytes]


_WHERE: Mapping[str, tuple[str, ...]] = {"credentials": SEALED, "licences": ("key",)}


class Seals:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_company(self, company_id: UUID) -> AsyncIterator[Sealed]:
        """Archived ones too."""
        for name, fields in _WHERE.items():
            found = self._of(name).find({"company_id": company_id}, dict.fromkeys(fields, 1))
            async for document in found:
                yield Sealed(name, document["_id"], {field: document.get(field, b"") for field in fields})

    async def replace(self, before: Sealed, fresh: Mapping[str, bytes]) -> bool:
        """False if somebody changed any of it meanwhile."""
        same = {"_id": before.owner, **{field: before.fields[field] for field in fresh}}
        return (await self._of(before.collection).update_one(same, {"$set": dict(fresh)})).matched_count == 1

    def _of(self, name: str) -> Collection:
        return self._database[name]
