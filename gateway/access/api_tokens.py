"""Staff API tokens: for programs that act as a member of staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from pymongo import ASCENDING

from chassis.clock import new_id
from chassis.mongo import Database, Document
from contracts.gateway_http import Scope
from gateway.access.memory import Memory
from gateway.access.secret import API_TOKEN_PREFIX, hashed, new_token
from gateway.access.staff import Staff
from gateway.access.viewers import OWN_SCOPE, StaffSession


class ApiToken(BaseModel):
    id: UUID
    name: str
    scopes: list[Scope]
    created_at: AwareDatetime


class ApiTokens:
    def __init__(self, database: Database, staff: Staff) -> None:
        self._tokens = database["api_tokens"]
        self._staff = staff
        self._memory: Memory[StaffSession] = Memory()
        self.on_end: Callable[[str], None] = lambda _key: None

    async def prepare(self) -> None:
        await self._tokens.create_index([("hash", ASCENDING)], unique=True)
        await self._tokens.create_index([("staff_id", ASCENDING)])

    async def make(
        self, staff_id: UUID, name: str, scopes: Sequence[Scope], at: datetime
    ) -> tuple[str, ApiToken]:
        """The token itself is seen only here."""
        token = API_TOKEN_PREFIX + new_token()
        made = ApiToken(id=new_id(), name=name, scopes=list(dict.fromkeys(scopes)), created_at=at)
        kept = {
            "_id": made.id,
            "hash": hashed(token),
            "staff_id": staff_id,
            **made.model_dump(exclude={"id"}),
        }
        await self._tokens.insert_one(kept)
        return token, made

    def remembers(self, token: str) -> bool:
        return self._memory.get(hashed(token)) is not None

    async def find(self, token: str) -> StaffSession | None:
        key = hashed(token)
        known = self._memory.get(key)
        if known:
            return known
        found = await self._tokens.find_one({"hash": key})
        member = await self._staff.by_id(found["staff_id"]) if found else None
        if found is None or member is None or not member.active:
            return None
        session = StaffSession(
            staff_id=member.id,
            login=member.login,
            full_name=member.full_name,
            roles=member.roles,
            principal=member.principal,
            csrf_token="",
            key=key,
            via="token",
            scopes=frozenset({OWN_SCOPE, *found["scopes"]}),
        )
        self._memory.keep(key, session)
        return session

    async def all_of(self, staff_id: UUID) -> list[ApiToken]:
        found = self._tokens.find({"staff_id": staff_id}).sort("created_at", ASCENDING)
        return [ApiToken(id=one["_id"], **_kept(one)) async for one in found]

    async def revoke(self, staff_id: UUID, token_id: UUID) -> bool:
        found = await self._tokens.find_one_and_delete({"_id": token_id, "staff_id": staff_id})
        if found:
            self._memory.forget(found["hash"])
            self.on_end(found["hash"])
        return found is not None

    def forget_member(self, staff_id: UUID) -> None:
        self._memory.forget_where(lambda session: session.staff_id == staff_id)


def _kept(token: Document) -> dict[str, Any]:
    return {name: token[name] for name in ("name", "scopes", "created_at")}
