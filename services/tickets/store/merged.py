"""People who were entered twice, and who they are: mirrored from the events of clients."""

from __future__ import annotations

from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from contracts.clients import PersonMerged
from contracts.people import PersonRef


class MergedPeople:
    def __init__(self, database: Database) -> None:
        self._people = database["merged_people"]

    async def save(self, merged: PersonMerged) -> None:
        await save_if_newer(self._people, merged.id, merged.version, {"into": merged.into.model_dump()})

    async def find(self, person: UUID) -> PersonRef | None:
        found = await self._people.find_one({"_id": person})
        return PersonRef.model_validate(found["into"]) if found else None
