"""What intake takes and answers over HTTP; the gateway documents the same shapes to the world."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.intake import Channel, FileRef
from contracts.people import Author, CompanyRef, PersonRef
from contracts.text import Line, Prose
from contracts.tickets import Status

Title = Annotated[Line, Field(min_length=1, max_length=200)]
Description = Annotated[Prose, Field(max_length=20_000)]
Text = Annotated[Prose, Field(min_length=1, max_length=20_000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OnBehalfOf(_Body):
    """For whom a specialist submits: a call by phone, or what was a part of another ticket of theirs."""

    person: PersonRef
    company: CompanyRef
    split_from: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = None


class NewSubmission(_Body):
    """The fields of a submission; files come beside it as multipart parts."""

    title: Title
    description: Description = ""
    diagnostics: dict[str, Any] = Field(default_factory=dict)
    channel: Channel | None = None
    on_behalf_of: OnBehalfOf | None = None


class NewReply(_Body):
    text: Text


class ReplyWithFiles(NewReply):
    """The files may say all there is to say."""

    text: Annotated[Prose, Field(max_length=20_000)] = ""


class NewReopening(_Body):
    text: Annotated[Prose, Field(max_length=20_000)] = ""


class NewRating(_Body):
    score: Annotated[int, Field(ge=1, le=5, strict=True)]
    comment: Annotated[Prose, Field(max_length=2_000)] = ""


class Joining(_Body):
    """What one has to say beside the colleague, in the log of the ticket."""

    text: Text
    channel: Channel = "api"


class AlikeSubmission(BaseModel):
    """As much of a colleague's request as tells whether it is the same."""

    id: UUID
    number: int
    title: str
    status: Status
    received_at: AwareDatetime


class AlikeSubmissions(BaseModel):
    items: list[AlikeSubmission]


class LogItem(BaseModel):
    """A line of the public log: a text, or a status the ticket came to."""

    id: UUID
    at: AwareDatetime
    author: Author
    kind: Literal["answer", "reply", "status", "reopening", "rating"]
    text: str = ""
    status: Status | None = None
    files: tuple[FileRef, ...] = ()


class FileView(FileRef):
    href: str
    display_href: str | None


class StoredFiles(BaseModel):
    """Screenshots first, each kind in the order in which it was sent."""

    items: list[FileView]


class LogLine(LogItem):
    files: list[FileView]  # type: ignore[assignment]


class SubmissionView(BaseModel):
    """`status` is `received` and `version` 0 until the ticket has its number."""

    id: UUID
    version: int
    status: Status | Literal["received"]
    number: int | None
    title: str
    description: str
    received_at: AwareDatetime
    updated_at: AwareDatetime
    person: PersonRef
    company: CompanyRef
    reaction_due: AwareDatetime | None
    resolution_due: AwareDatetime | None
    href: str
    rating: int | None
    log: list[LogLine]
    files: list[FileView]


class SubmissionPage(BaseModel):
    items: list[SubmissionView]
    next: str | None = None
