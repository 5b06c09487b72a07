"""Reporting as a whole: its generations, and what things are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pymongo import ASCENDING, UpdateOne

from chassis.clock import new_id, now
from chassis.inbox import save_if_newer
from chassis.mongo import Client, Collection, Database
from chassis.outbox import with_outbox
from chassis.together import Together
from contracts.clients import CompanySaved
from contracts.gateway import StaffSaved
from contracts.history import RebuildWanted
from contracts.reports_http import Customer
from contracts.terms import ContractSaved
from services.reporting.domain.storage import Generations, Rebuild
from services.reporting.store.shelf import Shelf
from services.reporting.store.tickets import Tickets

_ONLY = "only"
_KINDS = ("tickets", "days", "months", "years", "causes")
_MOST_NAMES = 20_000
# Raised with each change of how figures are kept: what was kept otherwise is built anew by itself.
_SHAPE = 3


class Archive:
    def __init__(self, client: Client, database: Database, zone: ZoneInfo) -> None:
        self._client = client
        self._database = database
        self._zone = zone
        self.collection: Collection = database["generations"]
        self._names: Collection = database["names"]
        self._contracts: Collection = database["contracts"]
        self._companies: Collection = database["companies"]
        self.shelf = Shelf(database, zone)
        self._learned: dict[str, str] = {}
        self._tickets: dict[int, Tickets] = {}
        self._generations = Together(self._read_generations)

    async def prepare(self) -> None:
        """Create collections and indexes, harmlessly where they are."""
        first = {"live": 1, "building": None, "rebuild": None, "shape": _SHAPE}
        await self.collection.update_one({"_id": _ONLY}, {"$setOnInsert": first}, upsert=True)
        await self._contracts.create_index([("company_id", ASCENDING)])
        await self.shelf.prepare()
        for generation in (await self.generations()).each():
            await self.tickets(generation).prepare()
        await self._renew()

    async def _renew(self) -> None:
        """After an upgrade that keeps figures otherwise; of two begun at once the later goes on."""
        found = await self.collection.find_one({"_id": _ONLY}, {"shape": 1, "rebuild": 1})
        if found and _SHAPE not in (found.get("shape"), (found.get("rebuild") or {}).get("shape")):
            await self.begin_rebuild(new_id(), now())

    async def generations(self) -> Generations:
        return await self._generations.of(None)

    async def _read_generations(self, asked: Sequence[None]) -> list[Generations]:
        """Once for all who ask at this moment."""
        found = await self.collection.find_one({"_id": _ONLY}, {"live": 1, "building": 1, "shape": 1})
        now_there = Generations(1)
        if found:
            now_there = Generations(found["live"], found["building"], found.get("shape") != _SHAPE)
        return [now_there] * len(asked)

    def tickets(self, generation: int) -> Tickets:
        if generation not in self._tickets:
            self._tickets[generation] = Tickets(self._client, self._database, self._zone, generation)
        return self._tickets[generation]

    # What things are called

    async def learn_names(self, names: dict[str, str]) -> None:
        new = {key: name for key, name in names.items() if self._learned.get(key) != name}
        if not new:
            return
        updates = [
            UpdateOne({"_id": key, "version": 0}, {"$set": {"name": name}}) for key, name in new.items()
        ]
        updates += [
            UpdateOne({"_id": key}, {"$setOnInsert": {"name": name, "version": 0}}, upsert=True)
            for key, name in new.items()
        ]
        await self._names.bulk_write(updates, ordered=True)
        if len(self._learned) > _MOST_NAMES:
            self._learned.clear()
        self._learned.update(new)

    async def names(self, keys: Iterable[str]) -> dict[str, str]:
        found = self._names.find({"_id": {"$in": list(keys)}})
        return {document["_id"]: document["name"] async for document in found}

    async def hear_company(self, company: CompanySaved) -> None:
        await self._call(company.id, company.version, company.name)
        await save_if_newer(self._companies, company.id, company.version, {"tax_id": company.tax_id})

    async def customer(self, company: UUID) -> Customer:
        names = await self.names([str(company)])
        known = await self._companies.find_one({"_id": company})
        return Customer(name=names.get(str(company), ""), tax_id=known["tax_id"] if known else "")

    async def hear_staff(self, staff: StaffSaved) -> None:
        await self._call(staff.id, staff.version, staff.full_name)

    async def _call(self, key: UUID, version: int, name: str) -> None:
        await save_if_newer(self._names, str(key), version, {"name": name})  # type: ignore[arg-type]

    async def hear_contract(self, contract: ContractSaved) -> None:
        fields = contract.model_dump(exclude={"id", "version"})
        await save_if_newer(self._contracts, contract.id, contract.version, fields)

    async def contracts_of(self, company: UUID) -> list[ContractSaved]:
        found = self._contracts.find({"company_id": company, "archived": False})
        contracts = [ContractSaved.model_validate({**one, "id": one["_id"]}) async for one in found]
        return sorted(contracts, key=lambda one: (one.valid_from, one.number))

    # From nothing

    async def begin_rebuild(self, key: UUID, at: datetime) -> int:
        """One that goes on already is given up for this one."""
        now_there = await self.generations()
        fresh = max(now_there.live, now_there.building or 0) + 1
        await self._forget_all_but(now_there.live)
        await self.tickets(fresh).prepare()
        wanted = {"id": key, "expected": None, "last": None, "begun_at": at, "shape": _SHAPE}
        begin = with_outbox({"$set": {"building": fresh, "rebuild": wanted}}, [RebuildWanted(id=key)], at)
        await self.collection.update_one({"_id": _ONLY}, begin)
        return fresh

    async def rebuild(self) -> Rebuild | None:
        found = await self.collection.find_one({"_id": _ONLY}, {"outbox": 0})
        if not found or not found["building"]:
            return None
        tickets, wanted = self.tickets(found["building"]), found["rebuild"]
        told = await tickets.count_told(wanted["last"] if wanted["last"] is not None else 2**53)
        is_folded = await tickets.changed_since() is None
        about = await self.tickets(found["live"]).collection.estimated_document_count()
        return Rebuild(wanted["id"], found["building"], told, wanted["expected"], is_folded, about)

    async def expect(self, rebuild: UUID, tickets: int, last: int) -> None:
        told: dict[str, Any] = {"rebuild.expected": tickets, "rebuild.last": last}
        await self.collection.update_one({"_id": _ONLY, "rebuild.id": rebuild}, {"$set": told})

    async def put_live(self, rebuild: Rebuild) -> None:
        same = {"_id": _ONLY, "building": rebuild.generation, "rebuild.id": rebuild.id}
        live = {"live": rebuild.generation, "building": None, "rebuild": None, "shape": _SHAPE}
        if (await self.collection.update_one(same, {"$set": live})).matched_count:
            await self._forget_all_but(rebuild.generation)

    async def _forget_all_but(self, generation: int) -> None:
        kept = {f"{kind}_{generation}" for kind in _KINDS}
        for name in await self._database.list_collection_names():
            kind, _, number = name.rpartition("_")
            if kind in _KINDS and number.isdigit() and name not in kept:
                await self._database.drop_collection(name)
