"""The contracts; those of one company are changed one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pymongo import ASCENDING, DESCENDING

from chassis.mongo import Database, Document, Session
from services.clients.domain.contract import Contract, holding_on
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import name_keys
from services.clients.store.aggregates import Aggregates
from services.clients.store.queries import all_words, found_page, in_companies, newest_after


class Contracts(Aggregates[Contract]):
    def __init__(self, database: Database, session: Session | None = None) -> None:
        super().__init__(database["contracts"], Contract, session)
        self._turns = database["contract_turns"]

    async def prepare(self) -> None:
        await super().prepare()
        await self.collection.create_index([("company_id", ASCENDING), ("_id", DESCENDING)])
        await self.collection.create_index([("search", ASCENDING)])
        # Made here, for a transaction must not be the first to write there.
        await self._turns.create_index([("turn", ASCENDING)])

    def derived(self, it: Contract) -> Document:
        return {"search": sorted(name_keys(it.number))}

    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Contract], Position | None]:
        """The newest first, and where the next page begins."""
        query = [{"archived": wanted.archived}, *in_companies("company_id", wanted), *all_words(wanted.words)]
        found, more = await found_page(self, query, newest_after(position), wanted.limit)
        return [self.restore(document) for document in found], more

    async def alone(self, company: UUID) -> list[Contract]:
        """The write is what makes two such transactions collide."""
        await self._turns.update_one(
            {"_id": company}, {"$inc": {"turn": 1}}, upsert=True, session=self._session
        )
        return await self._living(company)

    async def holding(self, company: UUID, day: date) -> Contract | None:
        return holding_on(await self._living(company), day)

    async def all_holding(self, companies: Sequence[UUID], day: date) -> list[Contract]:
        living = await self._living(*companies)
        return [contract for contract in living if contract.holds_on(day)]

    async def _living(self, *companies: UUID) -> list[Contract]:
        found = await self.found({"company_id": {"$in": list(companies)}, "archived": False})
        return [self.restore(document) for document in found]
