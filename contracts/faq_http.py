"""What faq takes and answers over HTTP; the gateway documents the same shapes to the world."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.day import Day
from contracts.extracts import Piece
from contracts.faq import ArticleStatus, UseKind, Visibility
from contracts.people import Author, StaffRef
from contracts.text import Line, Prose
from contracts.tickets import EntryKind

MOST_BODY = 100_000
MOST_TAGS = 20
MOST_LOG = 500
MOST_PICTURE_BYTES = 10 * 1024 * 1024
Title = Annotated[Line, Field(min_length=1, max_length=200)]
Body = Annotated[Prose, Field(max_length=MOST_BODY)]
Category = Annotated[Line, Field(max_length=100)]
Tag = Annotated[Line, Field(min_length=1, max_length=40)]
MOST_NUMBER = 2**53
Number = Annotated[int, Field(ge=1, le=MOST_NUMBER, strict=True)]


def _once_each(tags: list[str]) -> list[str]:
    return list({tag.casefold(): tag for tag in reversed(tags)}.values())[::-1]


Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(_once_each)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewArticle(_Body):
    """`body` is Markdown; `check_by` is the day by which somebody should read it again."""

    title: Title
    body: Body = ""
    category: Category = ""
    tags: Tags = []
    status: Literal["draft", "published"] = "draft"
    visibility: Visibility = "internal"
    check_by: Day | None = None


class ArticlePatch(_Body):
    """Fields to change; absent ones stay. Only `check_by` may be null: never."""

    title: Title | None = None
    body: Body | None = None
    category: Category | None = None
    tags: Tags | None = None
    status: ArticleStatus | None = None
    visibility: Visibility | None = None
    check_by: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ArticlePatch:
        if not self.model_fields_set:
            raise ValueError("name at least one field to change")
        for name in self.model_fields_set - {"check_by"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class Restoration(_Body):
    """Which version's words to take back."""

    version: Annotated[int, Field(ge=1, le=2**31, strict=True)]


class Words(_Body):
    """What somebody wrote, to become steps of an article."""

    texts: Annotated[list[Annotated[Prose, Field(max_length=20_000)]], Field(max_length=MOST_LOG)]


class Steps(BaseModel):
    """Each text as Markdown that shows it as it was, in one item of a list."""

    steps: list[str]


class ArticleBody(_Body):
    """Markdown, to be seen as it would look."""

    body: Body = ""


class Rendered(BaseModel):
    html: str


class PictureView(BaseModel):
    """A picture for articles; `markdown` is how a body shows it. Clients see those of public articles."""

    id: UUID
    content_type: str
    width: int
    height: int
    href: str
    markdown: str


class ArticleRow(BaseModel):
    """An article in a list; `marked` is the title, `extract` a place of the body, with what was found."""

    id: UUID
    title: str
    category: str
    tags: list[str]
    status: ArticleStatus
    visibility: Visibility
    check_by: Day | None
    is_stale: bool
    uses: int
    helped: int
    author: StaffRef
    updated_by: StaffRef
    created_at: AwareDatetime
    updated_at: AwareDatetime
    version: int
    marked: list[Piece] = []
    extract: list[Piece] = []


class ArticleView(ArticleRow):
    """`html` is safe to show as it is; `ticket` is the number of the one it was made from."""

    body: str
    html: str
    ticket: int | None


class ArticlePage(BaseModel):
    """`query` is what was looked for, where that is not what was typed: another layout, a typo put right."""

    items: list[ArticleRow]
    next: str | None = None
    query: str | None = None


class PublicArticle(BaseModel):
    """What a client's employee sees of one."""

    id: UUID
    title: str
    html: str
    updated_at: AwareDatetime


class RevisionRow(BaseModel):
    version: int
    at: AwareDatetime
    author: StaffRef
    title: str
    status: ArticleStatus
    restored: int | None


class RevisionPage(BaseModel):
    items: list[RevisionRow]


class DiffLine(BaseModel):
    kind: Literal["same", "added", "removed", "gap"]
    text: str


class FieldChange(BaseModel):
    """What a field said before and says now; tags with commas between them, a day as in JSON, or nothing."""

    field: Literal["title", "category", "tags", "status", "visibility", "check_by"]
    before: str
    after: str


class RevisionView(RevisionRow):
    """Against `against`, the version before: `diff` is the body line by line, `changed` the other fields."""

    body: str
    category: str
    tags: list[str]
    against: int | None
    changed: list[FieldChange]
    diff: list[DiffLine]


class Wanted(_Body):
    """What somebody has a problem with, as far as it is said."""

    title: Annotated[Line, Field(max_length=200)] = ""
    text: Annotated[Prose, Field(max_length=20_000)] = ""
    category: Category = ""
    equipment: Annotated[Line, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=20, strict=True)] = 5


class Suggestion(BaseModel):
    """An article that fits; `steps` is its list of steps as plain text, to go into an answer."""

    id: UUID
    title: str
    category: str
    visibility: Visibility
    extract: list[Piece]
    steps: str
    uses: int
    helped: int


class SuggestionPage(BaseModel):
    items: list[Suggestion]


class NewUse(_Body):
    """`text` is what it was good for, in the words of whoever asked: like texts find it sooner."""

    kind: UseKind
    ticket: Number | None = None
    text: Annotated[Line, Field(max_length=500)] = ""


class UseView(BaseModel):
    id: UUID
    article_id: UUID
    kind: UseKind
    at: AwareDatetime


class FromTicket(_Body):
    """The number of the ticket that an article is to be drafted from."""

    number: Number


class LogLine(_Body):
    model_config = ConfigDict(extra="ignore")

    author: Author
    kind: EntryKind
    text: Annotated[Prose, Field(max_length=20_000)] = ""


class Material(BaseModel):
    """What a colleague noted on a ticket and no client saw; `step` is Markdown, an item of a list."""

    entry: UUID
    at: AwareDatetime
    author: Author
    kind: EntryKind
    minutes: int | None = None
    text: str
    step: str


class MaterialPage(BaseModel):
    items: list[Material]


class TicketTale(_Body):
    """A ticket's problem and its public log, as the gateway read them for its caller."""

    number: Number
    title: Title
    description: Annotated[Prose, Field(max_length=20_000)] = ""
    category: Category = ""
    log: Annotated[list[LogLine], Field(max_length=MOST_LOG)] = []


class Miss(BaseModel):
    """A search that found nothing, and how often it was made."""

    query: str
    count: int
    last_at: AwareDatetime


class MissPage(BaseModel):
    items: list[Miss]


class Due(BaseModel):
    """Published articles whose day to be checked has passed: all of them, and those the caller wrote."""

    all: int
    mine: int


class CategoryCount(BaseModel):
    name: str
    count: int


class CategoryPage(BaseModel):
    items: list[CategoryCount]
