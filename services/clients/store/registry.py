"""The registry as a whole: its collections, together in a transaction where one thing touches several."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, TypeVar

from chassis.finding import Find, find_all
from chassis.mongo import Client, Collection, Database, Document, Session, in_transaction
from chassis.together import Together
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.vault.master_keys import MasterKeys
from services.clients.store.aggregates import Aggregates
from services.clients.store.codes import Codes
from services.clients.store.companies import Companies
from services.clients.store.contracts import Contracts
from services.clients.store.credentials import Credentials
from services.clients.store.data_keys import DataKeys
from services.clients.store.devices import Devices
from services.clients.store.equipment import EquipmentPieces
from services.clients.store.imports import Imports
from services.clients.store.licences import Licences
from services.clients.store.looks import Looks
from services.clients.store.people import People
from services.clients.store.plans import Plans
from services.clients.store.recent import Recent
from services.clients.store.terms import Terms
from services.clients.store.trails import move_entries
from services.clients.store.words import Words

_MOST_FINDS = 32
Result = TypeVar("Result")


class Registry:
    """`masters` are the keys of the vault; without them everything works but what is secret."""

    def __init__(
        self,
        client: Client,
        database: Database,
        session: Session | None = None,
        words: Words | None = None,
        masters: MasterKeys | None = None,
        recent: Recent | None = None,
    ) -> None:
        self._client = client
        self._database = database
        self._masters = masters
        self.companies = Companies(database, session)
        self.people = People(database, session)
        self.devices = Devices(database, session)
        self.codes = Codes(database, session)
        self.equipment = EquipmentPieces(database, session)
        self.credentials = Credentials(database, session)
        self.keys = DataKeys(database, masters)
        self.looks = Looks(database)
        self.licences = Licences(database, session)
        self.contracts = Contracts(database, session)
        self.terms = Terms(database)
        self.plans = Plans(database)
        self.words = words or Words(database)
        self._recent = recent or Recent()
        self._is_changing = session is not None
        self._together: Registry | None = None
        for part in self._aggregates:
            part.words = self.words
            if part is not self.devices:
                # They change with each contact, and are not in what is kept.
                part.recent = self._recent
        self.imports = Imports(database)

    @property
    def announcing(self) -> tuple[Collection, ...]:
        """The collections whose documents have an outbox."""
        return (*self.remembering, self.looks.collection)

    @property
    def remembering(self) -> tuple[Collection, ...]:
        """The collections whose documents have a history."""
        return tuple(part.collection for part in self._aggregates)

    @property
    def _aggregates(self) -> tuple[Aggregates[Any], ...]:
        papers = (self.credentials, self.licences, self.contracts)
        return (self.companies, self.people, self.devices, self.equipment, *papers)

    async def prepare(self) -> None:
        """Create collections and indexes, harmlessly where they are."""
        things = (self.companies, self.people, self.devices, self.codes, self.equipment)
        papers = (self.licences, self.contracts, self.terms)
        vault = (self.credentials, self.keys, self.looks)
        for part in (*things, *papers, *vault, self.imports, self.words):
            await part.prepare()

    async def move_entries(self) -> int:
        """Some entries of histories leave their documents; returns of how many documents."""
        return sum([await move_entries(collection) for collection in self.remembering])

    async def count_waiting(self, kind: str, most: int) -> int:
        """How many documents of a kind have events that wait; no more than so many are counted."""
        waiting = {"outbox_since": {"$exists": True}}
        return await self._database[kind].count_documents(waiting, limit=most)

    def at_once(self) -> Registry:
        """The same, where what is read at one moment is asked of MongoDB as one question (0106)."""
        if self._together is None:
            inside = (None, self.words, self._masters, self._recent)
            self._together = Registry(self._client, self._database, *inside)
            asked: Together[Find, list[Document]] = Together(
                partial(find_all, self._database), most=_MOST_FINDS
            )
            for part in self._together._aggregates:
                part.finding = asked
        return self._together

    async def in_transaction(self, work: Callable[[RegistryStorage], Awaitable[Result]]) -> Result:
        async def run(session: Session) -> Result:
            inside = (session, self.words, self._masters, self._recent)
            return await work(Registry(self._client, self._database, *inside))

        try:
            return await in_transaction(self._client, run)
        finally:
            self._recent.drop()

    async def recently(self, key: Hashable, read: Callable[[], Awaitable[Result]]) -> Result:
        """What was read under this key a moment ago, or now; inside a transaction always now."""
        return await (read() if self._is_changing else self._recent.of(key, read))
