"""The registry as a whole: its collections, together in a transaction where one thing touches several."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from chassis.mongo import Client, Collection, Database, Session, in_transaction
from services.clients.domain.storage import RegistryStorage
from services.clients.store.codes import Codes
from services.clients.store.companies import Companies
from services.clients.store.devices import Devices
from services.clients.store.people import People

Result = TypeVar("Result")


class Registry:
    def __init__(self, client: Client, database: Database, session: Session | None = None) -> None:
        self._client = client
        self._database = database
        self.companies = Companies(database, session)
        self.people = People(database, session)
        self.devices = Devices(database, session)
        self.codes = Codes(database, session)

    @property
    def announcing(self) -> tuple[Collection, ...]:
        """The collections whose documents have an outbox."""
        return (self.companies.collection, self.people.collection, self.devices.collection)

    async def prepare(self) -> None:
        """Create collections and indexes, harmlessly where they are."""
        for part in (self.companies, self.people, self.devices, self.codes):
            await part.prepare()

    async def in_transaction(self, work: Callable[[RegistryStorage], Awaitable[Result]]) -> Result:
        async def run(session: Session) -> Result:
            return await work(Registry(self._client, self._database, session))

        return await in_transaction(self._client, run)
