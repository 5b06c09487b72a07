"""An article: what it says, who may read it, and what became of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, PrivateAttr

from contracts.day import Day
from contracts.envelope import Event
from contracts.faq import ArticlePublished, ArticleStatus, ArticleWithdrawn, Visibility
from contracts.people import StaffRef
from services.faq.domain.category import Place
from services.faq.domain.errors import RuleError
from services.faq.domain.rendering import Plain, plain_of

# From where to where; one that was once read is withdrawn rather than forgotten.
_STEPS: Mapping[ArticleStatus, tuple[ArticleStatus, ...]] = {
    "draft": ("published", "withdrawn"),
    "published": ("withdrawn",),
    "withdrawn": ("published", "draft"),
}
RESTORED = ("title", "body", "category", "tags")


class Article(BaseModel):
    """`change` changes it in place; `take_events` then raises the version once for all of it.

    `uses` and `helped` count beside the versions: an article that is used does not change. Nor does one whose
    category is called otherwise (`category_id` stays): `followed` counts how often that was.
    """

    id: UUID
    version: int = 0
    title: str
    body: str = ""
    category: str = ""
    category_id: UUID | None = None
    tags: list[str] = Field(default_factory=list)
    status: ArticleStatus = "draft"
    visibility: Visibility = "internal"
    check_by: Day | None = None
    ticket: int | None = None
    author: StaffRef
    updated_by: StaffRef
    created_at: datetime
    updated_at: datetime
    uses: int = 0
    helped: int = 0
    followed: int = 0

    _is_changed: bool = PrivateAttr(default=False)
    _was_published: bool = PrivateAttr(default=False)
    _plain: Plain | None = PrivateAttr(default=None)

    def model_post_init(self, _context: object) -> None:
        self._was_published = self.version > 0 and self.status == "published"

    @property
    def is_open(self) -> bool:
        """Whether a client's employee may read it."""
        return self.status == "published" and self.visibility == "public"

    @property
    def place(self) -> Place:
        return Place(self.category_id, self.category)

    @property
    def plain(self) -> Plain:
        """What one reads of it; read out of the Markdown where it was not kept."""
        if self._plain is None:
            self._plain = plain_of(self.body)
        return self._plain

    def kept_as(self, plain: Plain) -> Article:
        self._plain = plain
        return self

    @property
    def told(self) -> int:
        """The version its events have: raised by all that others can see of it."""
        return self.version + self.followed

    def is_stale(self, today: date) -> bool:
        return self.status == "published" and self.check_by is not None and self.check_by < today

    def differing(self, wanted: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of the wanted fields that stand otherwise now."""
        return tuple(name for name, value in wanted.items() if getattr(self, name) != value)

    def change(
        self, wanted: Mapping[str, Any], by: StaffRef, at: datetime, place: Place | None = None
    ) -> tuple[str, ...]:
        """Returns the names of those that really changed; raises RuleError.

        `place`: what is meant by the category that is wanted.
        """
        if place:
            wanted = {**wanted, "category": place.path}
            self.category_id = place.id
        names = self.differing(wanted)
        if "status" in names and wanted["status"] not in _STEPS[self.status]:
            raise RuleError("status", f"a {self.status} article cannot become {wanted['status']}")
        for name in names:
            setattr(self, name, wanted[name])
        if "body" in names:
            self._plain = None
        self.must_be_readable()
        if names:
            self.updated_at, self.updated_by = max(at, self.updated_at), by
            self._is_changed = True
        return names

    def must_be_readable(self) -> None:
        """Raises RuleError for a published article that says nothing."""
        if self.status == "published" and not self.body:
            raise RuleError("body", "a published article needs a text")

    def follow(self, place: Place) -> list[Event]:
        """Its category is called so by now; what to announce of it, nothing where it said so already."""
        is_said = place.path == self.category
        self.category_id, self.category = place
        self.followed += 1
        event = None if is_said else self.standing()
        return [event] if event else []

    def take_events(self) -> list[Event]:
        """What to announce; drafts are nobody else's business."""
        if self.version and not self._is_changed:
            return []
        self.version += 1
        was_published, self._was_published = self._was_published, self.status == "published"
        self._is_changed = False
        if self.status == "published":
            return [self._published()]
        if was_published:
            return [self._withdrawn()]
        return []

    def standing(self) -> Event | None:
        """What was last announced of it, as it is now."""
        if self.status == "published":
            return self._published()
        if self.status == "withdrawn":
            return self._withdrawn()
        return None

    @property
    def is_changed(self) -> bool:
        return self._is_changed or not self.version

    def _published(self) -> ArticlePublished:
        return ArticlePublished(
            id=self.id,
            version=self.told,
            title=self.title,
            category=self.category,
            tags=self.tags,
            visibility=self.visibility,
        )

    def _withdrawn(self) -> ArticleWithdrawn:
        return ArticleWithdrawn(id=self.id, version=self.told, title=self.title, category=self.category)


class Revision(BaseModel):
    """An article as it was at one version; `restored`: the version whose words were taken back.

    Of versions from before it was kept with them `check_by` is not set: nobody knows what it was.
    """

    article_id: UUID
    version: int
    at: datetime
    author: StaffRef
    title: str
    body: str
    category: str
    tags: list[str]
    status: ArticleStatus
    visibility: Visibility
    check_by: Day | None = None
    restored: int | None = None

    @classmethod
    def of(cls, article: Article, restored: int | None = None) -> Revision:
        return cls(
            article_id=article.id,
            at=article.updated_at,
            author=article.updated_by,
            restored=restored,
            **article.model_dump(include={"version", "visibility", "status", "check_by", *RESTORED}),
        )
