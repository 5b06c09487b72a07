"""Clients' devices: a mirror of what the clients service says, so that they are known without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pymongo import ASCENDING

from chassis.clock import now
from chassis.inbox import save_if_newer
from chassis.mongo import Database, Document
from chassis.principal import Principal
from contracts.clients import DeviceEvent
from contracts.clients_http import EnrolledDevice
from gateway.access.memory import Memory
from gateway.access.secret import hashed
from gateway.access.viewers import DeviceSession

# How exactly it is known when a device last came.
_NOTED_EVERY = timedelta(minutes=5)


class Devices:
    """A device revoked in another replica is honoured here for some seconds more (memory.KEPT_SECONDS)."""

    def __init__(self, database: Database) -> None:
        self._devices = database["devices"]
        self._memory: Memory[DeviceSession] = Memory()
        self.on_end: Callable[[str], None] = lambda _key: None

    async def prepare(self) -> None:
        await self._devices.create_index([("token_hash", ASCENDING)])

    def remembers(self, token: str) -> bool:
        return self._memory.get(hashed(token)) is not None

    async def find(self, token: str) -> DeviceSession | None:
        key = hashed(token)
        known = self._memory.get(key)
        if known:
            return known
        found = await self._devices.find_one({"token_hash": key, "revoked": False})
        if found is None:
            return None
        await self._note_contact(found)
        session = _session_of(found)
        self._memory.keep(key, session)
        return session

    async def last_contacts(self, ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """When each of them last came, to some minutes; without those that never did."""
        wanted = {"_id": {"$in": list(ids)}, "used_at": {"$exists": True}}
        return {one["_id"]: one["used_at"] async for one in self._devices.find(wanted, {"used_at": 1})}

    async def _note_contact(self, found: Document) -> None:
        moment = now()
        before = found.get("used_at")
        if before is None or moment - before > _NOTED_EVERY:
            await self._devices.update_one({"_id": found["_id"]}, {"$set": {"used_at": moment}})

    async def hear(self, event: DeviceEvent, *, revoked: bool) -> None:
        """A device was enrolled, changed or revoked."""
        fields = {
            "person_id": event.person.id,
            "full_name": event.person.full_name,
            "company_id": event.company.id,
            "company_name": event.company.name,
            "is_manager": event.is_manager,
            "confirmed": event.confirmed,
            "screenshots_allowed": event.screenshots_allowed,
            "token_hash": event.token_hash,
            "revoked": revoked,
        }
        if await save_if_newer(self._devices, event.id, event.version, fields):
            self._forget(event.id, ended=revoked)

    async def save_enrolled(self, device: EnrolledDevice) -> None:
        """Known at once, before the event about it comes."""
        fields = {
            "person_id": device.person.id,
            "full_name": device.person.full_name,
            "company_id": device.company.id,
            "company_name": device.company.name,
            "is_manager": device.is_manager,
            "confirmed": device.confirmed,
            "screenshots_allowed": device.screenshots_allowed,
            "token_hash": device.token_hash,
            "revoked": False,
        }
        await save_if_newer(self._devices, device.device_id, device.version, fields)

    async def revoke(self, device_id: UUID) -> None:
        """Refused at once, before the event about it comes; its version stays, so that the event counts."""
        await self._devices.update_one({"_id": device_id}, {"$set": {"revoked": True}})
        self._forget(device_id, ended=True)

    def _forget(self, device_id: UUID, *, ended: bool) -> None:
        self._memory.forget_where(lambda session: session.device_id == device_id)
        if ended:
            self.on_end(str(device_id))


def _session_of(found: Document) -> DeviceSession:
    known: dict[str, Any] = {
        "person_id": found["person_id"],
        "full_name": found["full_name"],
        "company_id": found["company_id"],
        "company_name": found["company_name"],
        "is_manager": found["is_manager"],
        "confirmed": found["confirmed"],
    }
    return DeviceSession(
        device_id=found["_id"],
        screenshots_allowed=found["screenshots_allowed"],
        principal=Principal(kind="device", id=found["_id"], **known),
        key=str(found["_id"]),
        **known,
    )
