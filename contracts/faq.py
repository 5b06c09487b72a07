"""What faq says: articles that may be read now, that no longer may, that were of use; searches in vain."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.envelope import Event
from contracts.people import Author

ArticleStatus = Literal["draft", "published", "withdrawn"]
Visibility = Literal["internal", "public"]
UseKind = Literal["inserted", "linked", "helped"]


class _ArticleEvent(Event):
    SOURCE: ClassVar[str] = "/services/faq"

    id: UUID
    version: int

    @property
    def subject(self) -> str:
        return str(self.id)


class ArticlePublished(_ArticleEvent):
    """An article as it can be read now: published, or changed while it was."""

    TYPE: ClassVar[str] = "helpdesk.article.published.v1"

    title: str
    category: str = ""
    tags: list[str] = Field(default_factory=list)
    visibility: Visibility


class ArticleWithdrawn(_ArticleEvent):
    """It is not offered to anybody any more; `category` is null where an older version does not say it."""

    TYPE: ClassVar[str] = "helpdesk.article.withdrawn.v1"

    title: str
    category: str | None = None


class ArticleUsed(_ArticleEvent):
    """An article went into an answer, or helped somebody; `version` is what was read, `use_id` the deed."""

    TYPE: ClassVar[str] = "helpdesk.article.used.v1"

    use_id: UUID
    title: str
    kind: UseKind
    ticket: int | None = None
    by: Author


class SearchMissed(Event):
    """A search of the FAQ found nothing; whoever types on says the same one again, as a newer `version`."""

    TYPE: ClassVar[str] = "helpdesk.search.missed.v1"
    SOURCE: ClassVar[str] = "/services/faq"

    id: UUID
    version: int
    query: str

    @property
    def subject(self) -> str:
        return str(self.id)
