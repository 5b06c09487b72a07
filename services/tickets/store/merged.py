"""People who were entered twice, and who they are: mirrored from the events of clients."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from chassis.together import Together
from contracts.clients import PersonMerged
from contracts.people import PersonRef


class MergedPeople:
    def __init__(self, database: Database) -> None:
        self._people = database["merged_people"]
        self._looked_up = Together(self._find)

    async def save(self, merged: PersonMerged) -> None:
        await save_if_newer(self._people, merged.id, merged.version, {"into": merged.into.model_dump()})

    async def find(self, person: UUID) -> PersonRef | None:
        return await self._looked_up.of(person)

    async def _find(self, people: Sequence[UUID]) -> list[PersonRef | None]:
        found = {one["_id"]: one async for one in self._people.find({"_id": {"$in": list(set(people))}})}
        return [PersonRef.model_validate(found[key]["into"]) if key in found else None for key in people]
