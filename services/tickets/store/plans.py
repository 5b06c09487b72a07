"""The SLA plans, and which of them each company's contracts name (mirrored from the events of clients)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.clock import now
from chassis.inbox import save_if_newer
from chassis.mongo import Collection, Database, Document
from chassis.outbox import outbox_fields, with_outbox
from chassis.together import Together
from contracts.plans import PlanRef
from contracts.terms import ContractSaved
from services.tickets.domain.calendar import Calendar
from services.tickets.domain.errors import ConflictError, KeyReusedError, PlanNotFoundError
from services.tickets.domain.plan import DEFAULT_PLAN, DEFAULT_PLAN_ID, Plan

# What another replica changed is known here after so long; tickets wound by the older version are found.
_FRESH_SECONDS = 3.0


class Plans:
    def __init__(self, database: Database) -> None:
        self.collection: Collection = database["plans"]
        self._contracts: Collection = database["contracts"]
        self._former: Collection = database["former_plans"]
        self._known: dict[UUID, tuple[float, Plan]] = {}
        self._known_former: dict[str, Plan] = {}
        self._contracts_of = Together(self._find_contracts)

    async def prepare(self) -> None:
        """Create the indexes and the plan that holds without a contract; harmless where they are."""
        await self.collection.create_index([("name", ASCENDING)])
        await self._contracts.create_index([("company_id", ASCENDING)])
        with contextlib.suppress(KeyReusedError):
            await self.add(DEFAULT_PLAN)

    async def add(self, plan: Plan) -> None:
        """Raises KeyReusedError where there is one of this id."""
        fields = outbox_fields([plan.event()], now())
        try:
            await self.collection.insert_one({"_id": plan.id, **_document(plan), **fields})
        except DuplicateKeyError as error:
            raise KeyReusedError from error

    async def save(self, plan: Plan) -> None:
        """Raises ConflictError if somebody else changed it.

        What it was is kept first: a version says the same for ever, so that may happen twice or for nothing.
        """
        older = {"_id": plan.id, "version": plan.version - 1}
        before = await self.collection.find_one(older)
        if before is None:
            raise ConflictError
        key = _former_key(plan.id, plan.version - 1)
        await self._former.replace_one({"_id": key}, _document(_restored(before)), upsert=True)
        update = with_outbox({"$set": _document(plan)}, [plan.event()], now())
        if not (await self.collection.update_one(older, update)).matched_count:
            raise ConflictError
        self._known.pop(plan.id, None)

    async def get(self, key: UUID) -> Plan:
        """As it is now; raises PlanNotFoundError."""
        found = await self.collection.find_one({"_id": key})
        if found is None:
            raise PlanNotFoundError
        return _restored(found)

    async def all(self) -> list[Plan]:
        found = await self.collection.find({}).sort("name", ASCENDING).to_list()
        return [_restored(one) for one in found]

    async def of(self, key: UUID | None) -> Plan:
        """The one that is meant, perhaps a moment old; the default one for none and for one that is gone."""
        wanted = key or DEFAULT_PLAN_ID
        kept = self._known.get(wanted)
        if kept and kept[0] > time.monotonic():
            return kept[1]
        found = await self.collection.find_one({"_id": wanted})
        if found is None:
            return DEFAULT_PLAN if wanted == DEFAULT_PLAN_ID else await self.of(None)
        plan = _restored(found)
        self._known[wanted] = (time.monotonic() + _FRESH_SECONDS, plan)
        return plan

    async def promised(self, ref: PlanRef | None) -> Plan:
        """As it was in that version; as it is now where that was not kept, and the default one for none."""
        newest = await self.of(ref.id if ref else None)
        if ref is None or newest.id != ref.id or newest.version == ref.version:
            return newest
        key = _former_key(ref.id, ref.version)
        if known := self._known_former.get(key):
            return known
        if found := await self._former.find_one({"_id": key}):
            plan = self._known_former[key] = _restored({**found, "_id": ref.id})
            return plan
        # Either this replica does not know of the newest yet, or it is from before versions were kept.
        self._known.pop(ref.id, None)
        return await self.of(ref.id)

    async def holding(self, company: UUID, day: date) -> Plan:
        """What the company's contract of that day names; the default one where none does."""
        on = day.isoformat()
        named = [
            one["plan_id"]
            for one in await self._contracts_of.of(company)
            if one["valid_from"] <= on and (one["valid_to"] is None or one["valid_to"] >= on)
        ]
        plan = await self.of(named[0] if named else None)
        return await self.of(None) if plan.archived else plan

    async def _find_contracts(self, companies: Sequence[UUID]) -> list[list[Document]]:
        wanted = {"company_id": {"$in": list(set(companies))}, "archived": False}
        found = await self._contracts.find(wanted).to_list()
        return [[one for one in found if one["company_id"] == company] for company in companies]

    def forget(self) -> None:
        """Ask anew for every plan."""
        self._known.clear()

    async def hear_contract(self, contract: ContractSaved) -> bool:
        """False for what is not newer than what is known."""
        fields: dict[str, Any] = {
            "company_id": contract.company_id,
            "plan_id": contract.plan_id,
            "valid_from": contract.valid_from.isoformat(),
            "valid_to": contract.valid_to.isoformat() if contract.valid_to else None,
            "archived": contract.archived,
        }
        return await save_if_newer(self._contracts, contract.id, contract.version, fields)


def _former_key(plan_id: UUID, version: int) -> str:
    return f"{plan_id}:{version}"


def _document(plan: Plan) -> Document:
    """Days and hours as text: MongoDB knows neither."""
    kept = plan.model_dump(exclude={"id", "calendar"})
    kept["calendar"] = plan.calendar.model_dump(mode="json")
    kept["targets"] = {priority.value: list(targets) for priority, targets in plan.targets.items()}
    return kept


def _restored(document: Document) -> Plan:
    calendar = Calendar.model_validate(document["calendar"])
    return Plan.model_validate({**document, "id": document["_id"], "calendar": calendar})
