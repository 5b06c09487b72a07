"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from contracts.clients import CompanySaved
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn, SearchMissed
from contracts.faq_http import Miss
from contracts.gateway import StaffSaved
from contracts.reports_http import Customer, TicketLine
from contracts.terms import ContractSaved
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import Cause
from services.reporting.domain.facts import Done, Facts
from services.reporting.domain.figures import Figures
from services.reporting.domain.lines import Position, Wanted
from services.reporting.domain.projection import Known
from services.reporting.domain.reports.articles import Shelved, Solved, Used
from services.reporting.domain.reports.backlog import Flow, OpenGroup
from services.reporting.domain.reports.categories import Example, Worst
from services.reporting.domain.span import Steps

By = Literal["received", "ended", "worked"]


class Generations(NamedTuple):
    """Which generation is read, and which (if any) is being built beside it; events go into both.

    `outdated`: what is read was counted in another shape than this version counts in: figures are missing.
    """

    live: int
    building: int | None = None
    outdated: bool = False

    def each(self) -> list[int]:
        return [self.live, *([self.building] if self.building is not None else [])]


class Rebuild(NamedTuple):
    """How far a rebuild has come; `expected` None until it is known how many tickets there are.

    `about`: as many are in what is read meanwhile, which says nothing where more were told already.
    """

    id: UUID
    generation: int
    told: int
    expected: int | None
    folded: bool
    about: int = 0

    @property
    def of(self) -> int | None:
        """How many tickets there are, or may be."""
        if self.expected is not None:
            return self.expected
        return self.about if self.about >= self.told else None

    @property
    def percent(self) -> int | None:
        """Of what is to be told; None where nobody can say yet."""
        of = self.of
        return min(100 * self.told // of, 100 if self.folded else 99) if of else None


class TicketStorage(Protocol):
    """The tickets of one generation."""

    async def change(self, key: UUID, deed: Callable[[Known], bool]) -> Known:
        """Load, do, save; again where somebody else saved meanwhile. The deed says whether it changed it."""

    async def fold(self, limit: int) -> int:
        """Bring cells into step with some changed tickets, both in one transaction; how many there were."""

    async def changed_since(self) -> datetime | None:
        """Since when the longest waits that is not in the cells yet."""

    async def count_told(self, last: int) -> int:
        """How many tickets with numbers up to this were told as a whole."""

    async def figures(self, asked: Asked, scope: str, parts: Sequence[str]) -> Figures:
        """From cells, of one scope."""

    async def trend(self, steps: Steps, scope: str, paths: Sequence[str]) -> list[Figures]:
        """From cells, of one scope, for each step; a path is a part, or what is in it."""

    async def flows(self, scope: str, first: date, last: date) -> dict[str, Flow]:
        """By day, of one scope."""

    async def facts(self, asked: Asked, by: By) -> list[Facts]:
        """Of the tickets that meet the filters, by when they were received, ended, or worked on."""

    async def across(self, asked: Asked) -> list[list[Done]]:
        """The work of the tickets with some both before the period and not before its first day."""

    async def repeated(self, asked: Asked, threshold: int) -> Worst:
        """The worst causes that reached the threshold in the period."""

    async def examples(self, asked: Asked, causes: Iterable[Cause]) -> list[Example]:
        """For each cause, in order."""

    async def open_groups(self, asked: Asked, at: datetime) -> list[OpenGroup]:
        """Of what is open now."""

    async def seen(self, asked: Asked, numbers: Collection[int]) -> set[int]:
        """Those of these numbers that meet the filters, whenever they were received."""

    async def solved(self, asked: Asked, numbers: Collection[int]) -> dict[int, Solved]:
        """Those of these numbers received in the period, solved, with work and a category."""

    async def spread(self, asked: Asked, categories: Collection[str]) -> dict[str, Counter[int]]:
        """How many such tickets of each category took how many minutes."""

    async def lines(
        self, wanted: Wanted, position: Position | None, limit: int
    ) -> tuple[list[TicketLine], Position | None]:
        """A page, and where the next one begins."""


class ShelfStorage(Protocol):
    """The articles of the FAQ, and what they were good for."""

    async def hear_article(self, article: ArticlePublished | ArticleWithdrawn) -> None: ...

    async def hear_use(self, used: ArticleUsed, at: datetime) -> None:
        """Once for each deed, however often it is told."""

    async def hear_miss(self, missed: SearchMissed, at: datetime) -> None:
        """The newest of what was typed on, however late or often it is told."""

    async def all(self) -> list[Shelved]: ...

    async def find(self, article: UUID) -> Shelved | None: ...

    async def used_for(
        self, article: UUID | None, first: date, last: date | None = None, kinds: Collection[str] = ()
    ) -> frozenset[int]:
        """The numbers of tickets it (or any, for None) was used for from the first day on."""

    async def misses(self, first: date, last: date, limit: int) -> list[Miss]:
        """Searches of these days that found nothing, the most frequent first."""

    async def uses_since(self, first: date, last: date) -> Iterable[Used]:
        """From the first day on, also after the last: a ticket of the last day is solved later."""


class ArchiveStorage(Protocol):
    """Everything that reporting remembers."""

    @property
    def shelf(self) -> ShelfStorage: ...

    async def generations(self) -> Generations: ...

    def tickets(self, generation: int) -> TicketStorage: ...

    async def learn_names(self, names: dict[str, str]) -> None:
        """Unless a registry has said what they are called."""

    async def names(self, keys: Iterable[str]) -> dict[str, str]: ...

    async def hear_company(self, company: CompanySaved) -> None: ...

    async def customer(self, company: UUID) -> Customer:
        """Its name and tax id, empty where they are not known."""

    async def hear_staff(self, staff: StaffSaved) -> None: ...

    async def hear_contract(self, contract: ContractSaved) -> None: ...

    async def contracts_of(self, company: UUID) -> list[ContractSaved]: ...

    async def begin_rebuild(self, key: UUID, at: datetime) -> int:
        """A fresh generation beside the live one, with the event that asks for the past."""

    async def rebuild(self) -> Rebuild | None:
        """The one that goes on."""

    async def expect(self, rebuild: UUID, tickets: int, last: int) -> None: ...

    async def put_live(self, rebuild: Rebuild) -> None:
        """The generation that was built is read from now on; the one before is forgotten."""
