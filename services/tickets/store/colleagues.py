"""Who works here, mirrored from the gateway's events."""

from __future__ import annotations

from uuid import UUID

from chassis.inbox import save_if_newer
from chassis.mongo import Database
from contracts.gateway import StaffSaved
from contracts.shift import Shift
from services.tickets.domain.assignment import Colleague
from services.tickets.domain.calendar import Calendar, Hours

_KNOWN = {"full_name", "roles", "active", "companies", "away_until", "deputy_id"}


class Colleagues:
    def __init__(self, database: Database) -> None:
        self._staff = database["staff"]

    async def save(self, staff: StaffSaved) -> None:
        fields = staff.model_dump(include=_KNOWN)
        fields["shift"] = staff.shift.model_dump(mode="json") if staff.shift else None
        await save_if_newer(self._staff, staff.id, staff.version, fields)

    async def all(self) -> list[Colleague]:
        return [Colleague.model_validate({**one, "id": one["_id"]}) async for one in self._staff.find({})]

    async def shift_of(self, staff_id: UUID) -> Calendar | None:
        """None where none is known."""
        found = await self._staff.find_one({"_id": staff_id}, {"shift": 1})
        if not found or not found.get("shift"):
            return None
        shift = Shift.model_validate(found["shift"])
        week = {day: tuple(Hours(one.from_, one.to) for one in hours) for day, hours in enumerate(shift.week)}
        return Calendar(zone=shift.zone, week=week) if any(week.values()) else None

    async def find_active(self, staff_id: UUID) -> Colleague | None:
        found = await self._staff.find_one({"_id": staff_id, "active": True})
        return Colleague.model_validate({**found, "id": staff_id}) if found else None
