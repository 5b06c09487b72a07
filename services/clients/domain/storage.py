"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from contracts.envelope import Event
from contracts.history_http import HistoryEntry
from contracts.import_http import Outcome
from contracts.people import CompanyRef, EquipmentRef, PersonRef
from contracts.plans import PlanSaved
from contracts.terms import DaysBefore, LicenceExpiring, TermKind
from services.clients.domain.audit import LastLook, Look, LookPosition, LooksWanted
from services.clients.domain.code import Code
from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.creation import Creation
from services.clients.domain.credential import Credential
from services.clients.domain.device import Device
from services.clients.domain.equipment import Equipment
from services.clients.domain.licence import Licence
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.person import Person
from services.clients.domain.place import Place
from services.clients.domain.tables.connections import Link
from services.clients.domain.tables.periods import Period
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.domain.term import Ending, TermPosition, TermsWanted
from services.clients.domain.vault.data_key import CompanyKey

Kept = TypeVar("Kept")
Result = TypeVar("Result")


class Storage(Protocol[Kept]):
    async def get(self, key: UUID) -> Kept:
        """Raises NotInRegistryError."""

    async def made_by(self, creation: Creation) -> Kept | None:
        """What this key made before; raises KeyReusedError if it was something else."""

    async def add(self, it: Kept, events: Sequence[Event], creation: Creation | None = None) -> None:
        """Keep a new one with its events; raises MadeBeforeError, TakenError."""

    async def having(self, values: Mapping[str, Any], *ways: Mapping[str, Any]) -> list[Kept]:
        """Some of those that are not archived and have exactly these values, in one of these ways."""

    async def save(self, it: Kept, events: Sequence[Event]) -> None:
        """Keep a changed one with its events; raises ConflictError if somebody else did, TakenError."""

    async def all_after(self, key: UUID | None, limit: int) -> list[Kept]:
        """A batch in the order of ids, archived ones too."""

    async def announce(self, said: Sequence[tuple[Kept, Sequence[Event]]], at: datetime) -> None:
        """Queue events of how things stand, but for those that changed since, which have said so."""

    async def history(self, key: UUID, before: int | None, limit: int) -> list[HistoryEntry]:
        """The newest first, of versions below `before`."""


class CompanyStorage(Storage[Company], Protocol):
    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Company], Position | None]:
        """In the order of their names, and where the next page begins."""

    async def some(self, wanted: Wanted) -> list[Company]:
        """Those that have just these words first; in no other order."""

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, CompanyRef]:
        """Names of those that exist."""

    async def is_empty(self) -> bool:
        """Whether there is no company at all."""

    async def behind(self) -> list[Company]:
        """Some of those whose devices have not all heard of their last change."""

    async def caught_up(self, company: Company) -> None:
        """Its devices know this version; a later change stays to be told."""

    async def enrolling(self, key: UUID) -> Company:
        """Read it so that a concurrent change of it makes this transaction run again."""


class PersonStorage(Storage[Person], Protocol):
    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Person], Position | None]:
        """In the order of their names, and where the next page begins."""

    async def some(self, wanted: Wanted) -> list[Person]:
        """Those that have just these words first; in no other order."""

    async def behind(self) -> list[Person]:
        """Some of those whose devices have not all heard of their last change."""

    async def caught_up(self, person: Person) -> None:
        """Their devices know this version; a later change stays to be told."""

    async def held(self, key: UUID) -> Person:
        """Read so that a concurrent change of them makes this transaction run again; NotInRegistryError."""

    async def merged_into(self, key: UUID) -> list[Person]:
        """All who turned out to be this one."""

    async def enrolling(self, company: UUID, recognised_by: str) -> Person | None:
        """Read them so that a concurrent change of them makes this transaction run again."""

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Person]:
        """By id; those that are not there are left out."""

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, PersonRef]:
        """Names of those that exist."""


class DeviceStorage(Storage[Device], Protocol):
    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Device], Position | None]:
        """The newest first, and where the next page begins; `archived` means revoked here."""

    async def of_company(self, company: UUID, after: UUID | None) -> list[Device]:
        """A batch in the order of their ids, revoked ones left out."""

    async def of_person(self, person: UUID, after: UUID | None) -> list[Device]:
        """A batch in the order of their ids, revoked ones left out."""


class EquipmentStorage(Storage[Equipment], Protocol):
    async def page(
        self, wanted: Wanted, position: Position | None
    ) -> tuple[list[Equipment], Position | None]:
        """In the order of their names, and where the next page begins."""

    async def some(self, wanted: Wanted) -> list[Equipment]:
        """Those that have just these words first; in no other order."""

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Equipment]:
        """By id; those that are not there are left out."""

    async def references(self, keys: Iterable[UUID]) -> dict[UUID, EquipmentRef]:
        """Names of those that exist."""

    async def used_by(self, person: UUID) -> list[Equipment]:
        """All of them, archived ones too."""

    async def take_turn(self, company: UUID) -> None:
        """Connections of a company are changed one after the other, each in a transaction."""

    async def places(self, company: UUID, most: int) -> list[Place]:
        """Where the company's equipment stands, the fullest first."""

    async def marked(self, company: UUID, marks: Iterable[str]) -> list[Equipment]:
        """Some of the company's that have one of these marks."""


class CredentialStorage(Storage[Credential], Protocol):
    async def page(
        self, wanted: Wanted, position: Position | None
    ) -> tuple[list[Credential], Position | None]:
        """In the order of their labels, and where the next page begins."""

    async def some(self, wanted: Wanted) -> list[Credential]:
        """Those that have just these words first; in no other order."""

    async def used_by(self, person: UUID) -> list[Credential]:
        """All of theirs, archived ones too."""

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Credential]:
        """By id; those that are not there are left out."""


class KeyStorage(Protocol):
    async def of(self, company_id: UUID) -> CompanyKey:
        """The company's key, made when it is first asked for; raises BrokenSealError."""

    async def lent(self, whose: UUID, until: datetime) -> CompanyKey:
        """A key that is there until then, or longer if it is asked for again; raises BrokenSealError."""

    async def destroy(self, whose: UUID) -> None:
        """What a lent key has sealed never opens again."""


class PlanStorage(Protocol):
    async def save(self, plan: PlanSaved) -> None:
        """Take over what is newer than what is known."""

    async def is_offered(self, key: UUID) -> bool:
        """Whether there is such a plan, and it is not archived."""

    async def names(self) -> dict[UUID, str]:
        """Of all plans there are, archived ones too."""


class LookStorage(Protocol):
    async def add(self, look: Look) -> None:
        """Durable, with its event, before anybody is shown anything."""

    async def take_turn(self, staff: UUID, at: datetime, since: datetime, most: int) -> bool:
        """Whether they may look once more, with `most` looks after `since`; if so it is counted."""

    async def page(
        self, wanted: LooksWanted, position: LookPosition | None
    ) -> tuple[list[Look], LookPosition | None]:
        """The newest first, and where the next page begins."""

    async def last_of(self, wanted: LooksWanted) -> list[LastLook]:
        """The latest look at each thing, the latest first; as many as `limit`."""


class LicenceStorage(Storage[Licence], Protocol):
    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Licence], Position | None]:
        """In the order of their products, and where the next page begins."""

    async def several(self, keys: Sequence[UUID]) -> dict[UUID, Licence]:
        """By id; those that are not there are left out."""

    async def used_by(self, person: UUID) -> list[Licence]:
        """All of them, archived ones too."""


class ContractStorage(Storage[Contract], Protocol):
    async def page(self, wanted: Wanted, position: Position | None) -> tuple[list[Contract], Position | None]:
        """The newest first, and where the next page begins."""

    async def alone(self, company: UUID) -> list[Contract]:
        """A company's contracts, read so that a concurrent change of any makes this transaction run again."""

    async def holding(self, company: UUID, day: date) -> Contract | None:
        """The one that holds on that day."""

    async def all_holding(self, companies: Sequence[UUID], day: date) -> list[Contract]:
        """The ones of these companies that hold on that day."""


class WordStorage(Protocol):
    async def learn(self, keys: Iterable[str]) -> None:
        """Words by which something is found from now on."""

    async def beginning_with(self, letters: str, most: int = ...) -> list[str]:
        """Some of the words that begin so."""

    async def meant_by(self, typed: str) -> list[str]:
        """Words one slip away; else some that begin one slip away."""


class TermStorage(Protocol):
    async def page(
        self, wanted: TermsWanted, position: TermPosition | None
    ) -> tuple[list[Ending], TermPosition | None]:
        """The soonest first, and where the next page begins; contracts that go on in another are left out."""

    async def count(self, kind: TermKind, first: date, last: date) -> int:
        """How many end within these days."""

    async def untold(self, today: date, stage: DaysBefore) -> list[Ending]:
        """Some of those whose end is to be said at this stage, and was not."""

    async def tell(
        self, ending: Ending, stage: DaysBefore, event: LicenceExpiring | None, at: datetime
    ) -> bool:
        """Queue the event with the mark that it was said; False if it was, or ends otherwise by now."""


class ImportStorage(Protocol):
    async def made_by(self, creation: Creation) -> TableImport | None:
        """What this key made before; raises KeyReusedError if it was something else."""

    async def add(self, table: TableImport, rows: Iterable[Row], creation: Creation | None) -> None:
        """With all its rows; raises MadeBeforeError."""

    async def get(self, key: UUID) -> TableImport:
        """Raises NotInRegistryError."""

    async def latest(self, by: UUID) -> list[TableImport]:
        """What somebody began last, the newest first."""

    async def begin(self, table: TableImport, before: TableImport) -> None:
        """Its rows are to be gone through; raises ConflictError if somebody else began something."""

    async def at_work(self) -> TableImport | None:
        """The one that waits the longest for somebody to work on it."""

    async def undone(self, table: TableImport, limit: int) -> list[Row]:
        """The first of the rows that are still to be gone through."""

    async def first_with(self, table: TableImport, keys: Sequence[str]) -> dict[str, int]:
        """The first row that says each of these."""

    async def keep(self, rows: Sequence[Row]) -> None:
        """What became of them."""

    async def links(self, table: TableImport) -> list[Link]:
        """Of rows that are no errors, what answers to a name and what hangs on one."""

    async def periods(self, table: TableImport) -> list[tuple[int, Period]]:
        """Of rows that are no errors, the days they hold on, in the order of the file."""

    async def numbered(self, table: TableImport, numbers: Sequence[int]) -> list[Row]:
        """In no order."""

    async def answering(self, table: TableImport, answers_to: str) -> list[Row]:
        """Those that add what answers to this."""

    async def advance(self, table: TableImport, at: datetime, *, is_last: bool) -> bool:
        """Counts anew how far it is; with nothing left at the last look, it is at the end of what it did."""

    async def page(
        self, table: TableImport, outcome: Outcome | None, after: int, limit: int
    ) -> tuple[list[Row], int | None]:
        """In the order of the file, and behind which row the next page begins."""


class CodeStorage(Protocol):
    async def get(self, key: str) -> Code:
        """Raises NotInRegistryError."""

    async def made_by(self, creation: Creation) -> Code | None:
        """What this key made before; raises KeyReusedError if it was something else."""

    async def add(self, code: Code, creation: Creation | None = None) -> None:
        """Raises MadeBeforeError, TakenError."""

    async def of_company(self, company: UUID) -> list[Code]:
        """The newest first."""

    async def count_use(self, code: Code) -> None:
        """One more."""

    async def withdraw(self, code: Code, at: datetime) -> None:
        """For good; harmless again."""


class RegistryStorage(Protocol):
    def at_once(self) -> RegistryStorage:
        """The same, for reading much that is small: what is asked at one moment is one question."""

    async def recently(self, key: Hashable, read: Callable[[], Awaitable[Result]]) -> Result:
        """What was read under this key a moment ago, or now; inside a transaction always now."""

    @property
    def companies(self) -> CompanyStorage: ...

    @property
    def people(self) -> PersonStorage: ...

    @property
    def devices(self) -> DeviceStorage: ...

    @property
    def codes(self) -> CodeStorage: ...

    @property
    def equipment(self) -> EquipmentStorage: ...

    @property
    def credentials(self) -> CredentialStorage: ...

    @property
    def keys(self) -> KeyStorage: ...

    @property
    def looks(self) -> LookStorage: ...

    @property
    def licences(self) -> LicenceStorage: ...

    @property
    def contracts(self) -> ContractStorage: ...

    @property
    def plans(self) -> PlanStorage: ...

    @property
    def words(self) -> WordStorage: ...

    @property
    def terms(self) -> TermStorage: ...

    @property
    def imports(self) -> ImportStorage: ...

    async def in_transaction(self, work: Callable[[RegistryStorage], Awaitable[Result]]) -> Result:
        """All of `work` or nothing of it; it may run several times, so it has no effect elsewhere."""
