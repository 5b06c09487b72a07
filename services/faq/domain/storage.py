"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contracts.categories import CategorySaved
from contracts.envelope import Event
from contracts.faq_http import CategoryCount, Miss
from services.faq.domain.article import Article, Revision
from services.faq.domain.category import Categories, Place
from services.faq.domain.creation import Creation
from services.faq.domain.listing import Listed, Position
from services.faq.domain.missed import Missed
from services.faq.domain.picture import Picture, Sizes
from services.faq.domain.ranking import Found
from services.faq.domain.use import Use


class ArticleStorage(Protocol):
    async def get(self, key: UUID) -> Article:
        """Raises ArticleNotFoundError."""

    async def several(self, keys: Sequence[UUID]) -> list[Article]:
        """In the order asked for; those that are not there are left out."""

    async def made_by(self, creation: Creation) -> Article | None:
        """What this key made before; raises KeyReusedError if it was something else."""

    async def draft_of(self, ticket: int) -> Article | None:
        """What was made from it and is a draft still; the first, if there are several."""

    async def add(self, article: Article, events: Sequence[Event], creation: Creation | None) -> None:
        """With its first revision; raises MadeBeforeError, for a second draft of one ticket as well."""

    async def save(self, article: Article, events: Sequence[Event], restored: int | None) -> None:
        """With its next revision; raises ConflictError if somebody else changed it."""

    async def places(self) -> list[Place]:
        """Where articles say they stand, each once; none of those that stand nowhere."""

    async def some_in(self, place: Place, limit: int) -> list[Article]:
        """Some that say they stand exactly there."""

    async def save_place(self, article: Article, events: Sequence[Event], at: datetime) -> None:
        """Beside the versions; raises ConflictError if somebody else changed it."""

    async def page(self, listed: Listed, position: Position | None) -> tuple[list[Article], Position | None]:
        """The last changed first, and where the next page begins."""

    async def having_all(self, groups: Sequence[Sequence[str]], listed: Listed) -> list[Found]:
        """Some of those with a word of every group, those with all in their titles before others."""

    async def having_any(self, words: Sequence[str], listed: Listed) -> list[Found]:
        """Some of those with any of these words."""

    async def under(self, group: str, words: Sequence[str], listed: Listed) -> list[Found]:
        """Those of a group of categories, the most used before others, with those of the words they have."""

    async def all_after(self, key: UUID | None, limit: int) -> list[Article]:
        """A batch in the order of ids."""

    async def announce(self, said: Sequence[tuple[Article, Event]], at: datetime) -> None:
        """How things stand; what has changed since has said so itself."""

    async def count_of(self, listed: Listed) -> int:
        """How many a list without end would have."""

    async def count(self) -> int:
        """How many articles there are, about."""

    async def revisions(self, key: UUID) -> list[Revision]:
        """The newest first, without their bodies."""

    async def revision(self, key: UUID, version: int) -> Revision:
        """Raises ArticleNotFoundError."""

    async def before(self, key: UUID, version: int) -> Revision | None:
        """The revision before this one."""

    async def categories(self) -> list[CategoryCount]:
        """Of articles that are not withdrawn, by name."""


class WordStorage(Protocol):
    async def known(self, stems: Sequence[str]) -> set[str]:
        """Which of these stems some article has."""

    async def beginning_with(self, letters: str) -> list[str]:
        """Stems of words that begin so, some."""

    async def one_slip_from(self, words: Sequence[str]) -> dict[str, dict[str, str]]:
        """For each word, the words that may have been meant, with their stems."""


class UseStorage(Protocol):
    async def find(self, key: UUID) -> Use | None:
        """The use of this id."""

    async def add(self, use: Use, event: Event, words: Sequence[str]) -> None:
        """Count it, and remember the words it was good for; raises MadeBeforeError."""

    async def all_after(self, key: UUID | None, limit: int) -> list[Use]:
        """A batch in the order of ids."""

    async def announce(self, said: Sequence[tuple[Use, Event]], at: datetime) -> None:
        """Each as of the moment it was; it waits since now."""


class PictureStorage(Protocol):
    async def add(self, picture: Picture) -> None:
        """Harmless where it is already."""

    async def seen_again(self, key: UUID, at: datetime) -> Picture | None:
        """One that was sent before; it waits for an article as long again."""

    async def find(self, key: UUID) -> Picture | None:
        """The picture of this id."""

    async def sizes(self, keys: Sequence[UUID]) -> Sizes:
        """Of those of these that are there."""

    async def is_open(self, key: UUID) -> bool:
        """Whether an article that clients may read shows it."""


class MissStorage(Protocol):
    async def last_of(self, caller: UUID, since: datetime) -> Missed | None:
        """The caller's last one since then."""

    async def add(self, missed: Missed, event: Event) -> None: ...

    async def save(self, missed: Missed, event: Event) -> None:
        """Over the version before, if that is still there."""

    async def most(self, limit: int, since: datetime | None, until: datetime | None) -> list[Miss]:
        """The most frequent first, of those made since then and before that."""

    async def all_after(self, key: UUID | None, limit: int) -> list[Missed]:
        """A batch in the order of ids."""

    async def announce(self, said: Sequence[tuple[Missed, Event]], at: datetime) -> None:
        """Each as of the moment it was; it waits since now."""


class CategoryStorage(Protocol):
    """The tree of categories, as tickets tells it."""

    async def hear(self, said: CategorySaved) -> None:
        """The newest wins, however late or often it is told."""

    async def remember(self, names: Mapping[UUID, Collection[str]]) -> None:
        """What they are called, for when somebody still says so later."""

    async def all(self) -> Categories: ...


class FaqStorage(Protocol):
    @property
    def articles(self) -> ArticleStorage: ...

    @property
    def words(self) -> WordStorage: ...

    @property
    def uses(self) -> UseStorage: ...

    @property
    def pictures(self) -> PictureStorage: ...

    @property
    def misses(self) -> MissStorage: ...

    @property
    def categories(self) -> CategoryStorage: ...
