"""Who works here: the accounts, and how they are kept."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document
from chassis.outbox import outbox_fields, with_outbox
from chassis.principal import Principal
from chassis.problems import Problem
from contracts.gateway import Role, StaffSaved
from contracts.shift import Shift


class StaffMember(BaseModel):
    """`companies`: limited to these, or (None) to none. `demo` accounts are for local environments."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    version: int
    login: str
    full_name: str
    roles: tuple[Role, ...]
    companies: tuple[UUID, ...] | None = None
    password_hash: str
    totp_secret: str | None = None
    totp_offered: str | None = None
    totp_step: int = 0
    active: bool = True
    demo: bool = False
    shift: Shift | None = None
    away_until: datetime | None = None
    deputy_id: UUID | None = None

    @property
    def principal(self) -> Principal:
        return Principal(
            kind="staff", id=self.id, full_name=self.full_name, roles=self.roles, companies=self.companies
        )

    def saved(self) -> StaffSaved:
        return StaffSaved(
            id=self.id,
            version=self.version,
            full_name=self.full_name,
            roles=list(self.roles),
            active=self.active,
            companies=None if self.companies is None else list(self.companies),
            shift=self.shift,
            away_until=self.away_until,
            deputy_id=self.deputy_id,
        )


def login_key(login: str) -> str:
    """What two spellings of one login have in common."""
    return unicodedata.normalize("NFKC", login.encode("utf-8", "replace").decode()).casefold().strip()


class Staff:
    """`use_demo` is off in production: a demo account found there is as good as absent."""

    def __init__(self, database: Database, *, use_demo: bool) -> None:
        self.collection = database["staff"]
        self._use_demo = use_demo

    async def prepare(self) -> None:
        await self.collection.create_index([("login_key", ASCENDING)], unique=True)

    async def by_login(self, login: str) -> StaffMember | None:
        return self._member(await self.collection.find_one({"login_key": login_key(login)}))

    async def by_id(self, staff_id: UUID) -> StaffMember | None:
        return self._member(await self.collection.find_one({"_id": staff_id}))

    async def all(self) -> list[StaffMember]:
        documents = await self.collection.find({}).sort("full_name", ASCENDING).to_list()
        members = [self._member(document) for document in documents]
        return [member for member in members if member is not None]

    async def is_empty(self) -> bool:
        return await self.collection.find_one({}, {"_id": 1}) is None

    async def add(self, member: StaffMember, at: datetime) -> None:
        """Raises Problem 409 when the login is taken."""
        document = {"_id": member.id, **_fields(member), **outbox_fields([member.saved()], at)}
        try:
            await self.collection.insert_one(document)
        except DuplicateKeyError as error:
            raise Problem(409, "This login is taken.", errors=[("login", "is taken")]) from error

    async def replace(self, member: StaffMember, at: datetime) -> None:
        """Keep a member changed from version `member.version - 1`; 409 when somebody else was faster."""
        fields = _fields(member)
        # Raised by each sign-in, whatever the version: what was read may be older than what is there.
        del fields["totp_step"]
        change = with_outbox({"$set": fields}, [member.saved()], at)
        before = {"_id": member.id, "version": member.version - 1}
        if not (await self.collection.update_one(before, change)).matched_count:
            raise Problem(409, "Somebody changed this account meanwhile.")

    async def offer_totp(self, staff_id: UUID, secret: str) -> None:
        """Kept until it is confirmed, or another one is offered."""
        await self.collection.update_one({"_id": staff_id}, {"$set": {"totp_offered": secret}})

    async def use_totp_step(self, staff_id: UUID, step: int) -> bool:
        """A one-time code counts once; False when it, or a later one, was used already."""
        used = await self.collection.update_one(
            {"_id": staff_id, "totp_step": {"$lt": step}}, {"$set": {"totp_step": step}}
        )
        return used.matched_count == 1

    def _member(self, document: Document | None) -> StaffMember | None:
        if document is None or (document.get("demo") and not self._use_demo):
            return None
        return StaffMember.model_validate({**document, "id": document["_id"]})


def _fields(member: StaffMember) -> dict[str, Any]:
    fields = member.model_dump(exclude={"id"})
    fields["roles"] = list(member.roles)
    fields["companies"] = None if member.companies is None else list(member.companies)
    fields["shift"] = member.shift and member.shift.model_dump(mode="json")
    return {**fields, "login_key": login_key(member.login)}
