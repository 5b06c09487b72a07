"""The rules of assignment: one document, for their order is what they say; and who is responsible where."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from chassis.together import Together
from contracts.clients import CompanySaved
from services.tickets.domain.assignment import Rules
from services.tickets.domain.errors import ConflictError

_RULES = "rules"


class AssignmentRules:
    def __init__(self, database: Database) -> None:
        self._rules = database["assignment_rules"]
        self._companies = database["companies"]
        self._read = Together(self._get)

    async def prepare(self) -> None:
        await self._rules.update_one({"_id": _RULES}, {"$setOnInsert": Rules().model_dump()}, upsert=True)

    async def get(self) -> Rules:
        return await self._read.of(None)

    async def _get(self, asked: Sequence[None]) -> list[Rules]:
        """Once for all who ask at this moment."""
        return [Rules.model_validate(await self._rules.find_one({"_id": _RULES}) or {})] * len(asked)

    async def save(self, rules: Rules, before: int) -> None:
        """Instead of version `before`; raises ConflictError."""
        same, kept = {"_id": _RULES, "version": before}, rules.model_dump(exclude={"turns"})
        if not (await self._rules.update_one(same, {"$set": kept})).matched_count:
            raise ConflictError

    async def note_turn(self, staff: UUID, number: int) -> None:
        """No more than a hint: one that is lost, or noted twice, makes nobody's turn wrong for long."""
        await self._rules.update_one({"_id": _RULES}, {"$max": {f"turns.{staff}": number}})

    async def hear_company(self, company: CompanySaved) -> None:
        """Take over what is newer than what is known."""
        fields = {"responsible_id": company.responsible_id}
        await save_if_newer(self._companies, company.id, company.version, fields)

    async def responsible_for(self, company: UUID) -> UUID | None:
        found = await self._companies.find_one({"_id": company})
        return found["responsible_id"] if found else None
