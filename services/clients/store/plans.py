"""The SLA plans that contracts may name, mirrored from the events of tickets."""

from __future__ import annotations

from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from contracts.plans import PlanSaved


class Plans:
    def __init__(self, database: Database) -> None:
        self._plans = database["plans"]

    async def save(self, plan: PlanSaved) -> None:
        fields = {"name": plan.name, "archived": plan.archived}
        await save_if_newer(self._plans, plan.id, plan.version, fields)

    async def is_offered(self, key: UUID) -> bool:
        """Whether there is such a plan, and it is not archived."""
        return await self._plans.find_one({"_id": key, "archived": False}, {"_id": 1}) is not None

    async def names(self) -> dict[UUID, str]:
        """Of all plans there are, archived ones too; there are never many."""
        return {one["_id"]: one["name"] async for one in self._plans.find({}, {"name": 1})}
