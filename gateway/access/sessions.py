"""Staff sessions, kept on the server: the browser has only a random token, we only its hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pymongo import ASCENDING

from chassis.clock import now
from chassis.mongo import Database
from gateway.access.memory import Memory
from gateway.access.secret import csrf_token_of, hashed, new_token
from gateway.access.staff import Staff, StaffMember
from gateway.access.viewers import StaffSession

# A session's last use is written this often, not at each request.
_NOTED_EVERY = timedelta(minutes=1)


class Sessions:
    """`on_end` hears the key of each session that ends in this process: its live connections end with it.

    A session ended by another replica is honoured here for some seconds more (memory.KEPT_SECONDS).
    """

    def __init__(self, database: Database, staff: Staff, *, idle: timedelta, longest: timedelta) -> None:
        self._sessions = database["sessions"]
        self._staff = staff
        self._idle = idle
        self._longest = longest
        self._memory: Memory[StaffSession] = Memory()
        # A request that read a session while it was being ended must not bring it back.
        self._ended: Memory[bool] = Memory()
        self.on_end: Callable[[str], None] = lambda _key: None

    async def prepare(self) -> None:
        await self._sessions.create_index([("expires_at", ASCENDING)], expireAfterSeconds=0)
        await self._sessions.create_index([("staff_id", ASCENDING)])

    async def open(self, member: StaffMember, *, address: str, agent: str) -> tuple[str, StaffSession]:
        """A new session under a new token: whatever the browser had before counts for nothing."""
        token, moment = new_token(), now()
        session = {
            "_id": hashed(token),
            "staff_id": member.id,
            "began_at": moment,
            "used_at": moment,
            "expires_at": self._expiry(moment, moment),
            "address": address,
            "agent": agent[:300],
        }
        await self._sessions.insert_one(session)
        return token, _session_of(member, token)

    def remembers(self, token: str) -> bool:
        return self._memory.get(hashed(token)) is not None

    async def find(self, token: str) -> StaffSession | None:
        key = hashed(token)
        known = self._memory.get(key)
        if known:
            return known
        moment = now()
        found = await self._sessions.find_one({"_id": key, "expires_at": {"$gt": moment}})
        member = await self._staff.by_id(found["staff_id"]) if found else None
        if found is None or member is None or not member.active or self._ended.get(key):
            return None
        if moment - found["used_at"] > _NOTED_EVERY:
            await self._note_use(key, found["began_at"], moment)
        session = _session_of(member, token)
        self._memory.keep(key, session)
        return session

    async def close(self, token: str) -> None:
        key = hashed(token)
        self._end(key)
        await self._sessions.delete_one({"_id": key})

    async def close_all_of(self, staff_id: UUID) -> None:
        keys = [one["_id"] async for one in self._sessions.find({"staff_id": staff_id}, {"_id": 1})]
        for key in keys:
            self._end(key)
        await self._sessions.delete_many({"staff_id": staff_id})
        self.forget_member(staff_id)

    def forget_member(self, staff_id: UUID) -> None:
        """Their next request reads afresh what they may do."""
        self._memory.forget_where(lambda session: session.staff_id == staff_id)

    def _end(self, key: str) -> None:
        self._ended.keep(key, True)
        self._memory.forget(key)
        self.on_end(key)

    async def _note_use(self, key: str, began_at: datetime, moment: datetime) -> None:
        change: dict[str, Any] = {"used_at": moment, "expires_at": self._expiry(began_at, moment)}
        await self._sessions.update_one({"_id": key}, {"$set": change})

    def _expiry(self, began_at: datetime, used_at: datetime) -> datetime:
        return min(used_at + self._idle, began_at + self._longest)


def _session_of(member: StaffMember, token: str) -> StaffSession:
    return StaffSession(
        staff_id=member.id,
        login=member.login,
        full_name=member.full_name,
        roles=member.roles,
        principal=member.principal,
        csrf_token=csrf_token_of(token),
        key=hashed(token),
    )
