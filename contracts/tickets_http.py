"""What tickets answers over HTTP and what it takes; the gateway documents the same shapes to the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.extracts import Piece
from contracts.intake import FileRef
from contracts.people import Author
from contracts.text import Line, Prose
from contracts.tickets import EntryKind, FieldChange, Link, Priority, Status, TicketState

MOST_MINUTES = 24 * 60
Title = Annotated[Line, Field(min_length=1, max_length=200)]
EntryText = Annotated[Prose, Field(max_length=20_000)]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES, strict=True)]
BreachReason = Annotated[Line, Field(min_length=1, max_length=500)]
Category = Annotated[Line, Field(max_length=200), AfterValidator(lambda name: name or None)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TicketPatch(_Body):
    """Fields to change; absent ones stay. Null: `assignee` nobody, `category` none (an empty one, too).

    `category` is named by its path («Печать / Картриджи»), by its name where only one has it, or by its id.
    `equipment` is a piece of the ticket's company, null: none. `breach_reason`: why a target was missed.
    """

    status: Status | None = None
    assignee: UUID | None = None
    priority: Priority | None = None
    category: Category | None = None
    equipment: UUID | None = None
    title: Title | None = None
    breach_reason: BreachReason | None = None

    @model_validator(mode="after")
    def _says_something(self) -> TicketPatch:
        if not self.model_fields_set:
            raise ValueError("name at least one field to change")
        for name in ("status", "priority", "title", "breach_reason"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class Merging(_Body):
    """`into`: the number of the ticket that is to have all of both; of the same company, and not over."""

    into: Annotated[int, Field(ge=1, le=2**53, strict=True)]


class NewLink(_Body):
    """`number`: of any other ticket one may see."""

    number: Annotated[int, Field(ge=1, le=2**53, strict=True)]


class Splitting(_Body):
    """A part of a ticket that is a matter of its own, told as a ticket of the same person."""

    title: Annotated[Line, Field(min_length=1, max_length=200)]
    description: Annotated[Prose, Field(max_length=20_000)] = ""


class AttachedFile(BaseModel):
    """A file that was stored with the ticket before, as the answer to that described it."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    kind: Literal["screenshot", "attachment"]
    name: Annotated[Line, Field(min_length=1, max_length=200)]
    content_type: Annotated[Line, Field(max_length=100)]
    size: Annotated[int, Field(ge=0, le=2**40)]
    width: Annotated[int, Field(ge=0, le=2**20)] | None = None
    height: Annotated[int, Field(ge=0, le=2**20)] | None = None


class NewEntry(_Body):
    """A public answer, an internal note or work done; `status` changes in the same step.

    `mentions`: colleagues whom the text names; each is told by a mark in the bar.
    `files`: stored before (`POST /tickets/{number}/files`); a public answer shows them to the client.
    """

    text: EntryText = ""
    minutes: Minutes | None = None
    additional: StrictBool = False
    public: StrictBool = False
    status: Status | None = None
    mentions: Annotated[list[UUID], Field(max_length=10)] = []
    files: Annotated[list[AttachedFile], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _says_something(self) -> NewEntry:
        if not (self.text or self.minutes or self.files):
            raise ValueError("an entry needs a text, minutes or files")
        if self.public and not (self.text or self.files):
            raise ValueError("a public answer needs a text or files")
        return self


class EntryCorrection(_Body):
    """What an entry should have said; absent fields stay, and `minutes` may be null: none."""

    text: EntryText | None = None
    minutes: Minutes | None = None
    additional: StrictBool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> EntryCorrection:
        if not self.model_fields_set:
            raise ValueError("name at least one field to correct")
        for name in ("text", "additional"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class Correction(BaseModel):
    """What an entry said before it was corrected, by whom and when it was."""

    at: AwareDatetime
    author: Author
    text: str
    minutes: int | None
    additional: bool
    version: int = 0


class Meanwhile(BaseModel):
    """What somebody did since the version one knows, in the 409 of a change: `kind` as in the log.

    A `correction` is an entry put right; the entry is in the log as it is now, with what it said before.
    """

    at: AwareDatetime
    author: Author
    kind: EntryKind | Literal["correction"]
    changes: list[FieldChange] = []


class EntryView(BaseModel):
    id: UUID
    at: AwareDatetime
    author: Author
    kind: EntryKind
    text: str
    minutes: int | None = None
    additional: bool = False
    public: bool
    changes: list[FieldChange] = []
    corrections: list[Correction] = []
    origin: int | None = None
    version: int = 0
    files: list[FileRef] = []


class LinkedTicket(Link):
    """As much of it as a line needs."""

    title: str
    status: Status


class TicketView(TicketState):
    """One ticket with its log."""

    description: str
    diagnostics: dict[str, Any]
    files: list[FileRef]
    entries: list[EntryView]
    links: list[LinkedTicket] = Field(default_factory=list)


Place = Literal["title", "person", "company", "equipment", "text", "log"]


@dataclass(slots=True)
class FoundPlace:
    """Where words of a search stand, with some of what is around them; `entry` is the one of the log."""

    place: Place
    pieces: list[Piece]
    entry: UUID | None = None


class TicketRow(TicketState):
    """`found`, in the answer to `q`: as many places as it takes to have all of its words."""

    found: list[FoundPlace] = Field(default_factory=list)


class TicketPage(BaseModel):
    items: list[TicketRow]
    next: str | None = None


class OpenTickets(BaseModel):
    """How many tickets of a company are open."""

    company_id: UUID
    open: int


class OpenTicketsList(BaseModel):
    items: list[OpenTickets]


class ClockInterval(BaseModel):
    """A stretch of the ticket's life: counted as working time, or why not."""

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    counted: bool
    reason: str


class Target(BaseModel):
    """Minutes are working minutes of the plan's calendar."""

    target_minutes: int
    used_minutes: int
    due: AwareDatetime
    met_at: AwareDatetime | None = None


class ClockView(BaseModel):
    plan: str
    intervals: list[ClockInterval]
    reaction: Target
    resolution: Target
