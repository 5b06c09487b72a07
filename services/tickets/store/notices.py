"""What each specialist wants to be told of."""

from __future__ import annotations

from uuid import UUID

from chassis.mongo import Database
from contracts.notices_http import NoticeSettings


class Notices:
    def __init__(self, database: Database) -> None:
        self._settings = database["notices"]

    async def of(self, staff_id: UUID) -> NoticeSettings:
        """What holds for who chose nothing: what concerns one's own tickets."""
        found = await self._settings.find_one({"_id": staff_id}, {"_id": 0})
        return NoticeSettings.model_validate(found) if found else NoticeSettings()

    async def keep(self, staff_id: UUID, settings: NoticeSettings) -> None:
        await self._settings.replace_one({"_id": staff_id}, settings.model_dump(), upsert=True)
