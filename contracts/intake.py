"""What intake says: something was submitted, or its requester came back to it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.envelope import Event
from contracts.people import CompanyRef, PersonRef, StaffRef

Channel = Literal["bureaucrat", "portal", "api", "phone", "email"]


class FileRef(BaseModel):
    """A stored file by reference; its bytes never travel in an event. `size` is in bytes."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: UUID
    kind: Literal["screenshot", "attachment"]
    name: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Requester(BaseModel):
    """On whose behalf it was submitted, and through what; `split_from`: out of which ticket."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    person: PersonRef
    company: CompanyRef
    device_id: UUID | None = None
    registered_by: StaffRef | None = None
    split_from: int | None = None


class IntakeEvent(Event):
    SOURCE: ClassVar[str] = "/services/intake"

    submission_id: UUID

    @property
    def subject(self) -> str:
        return str(self.submission_id)


class SubmissionReceived(IntakeEvent):
    TYPE: ClassVar[str] = "helpdesk.submission.received.v1"

    channel: Channel
    title: str
    description: str = ""
    requester: Requester
    files: list[FileRef] = Field(default_factory=list)
    diagnostics: dict[str, Any] = Field(default_factory=dict)
    received_at: AwareDatetime


class SubmissionReplied(IntakeEvent):
    """The requester answered, by text, files or both; `reply_id` makes it count once."""

    TYPE: ClassVar[str] = "helpdesk.submission.replied.v1"

    reply_id: UUID
    person: PersonRef
    text: str
    files: tuple[FileRef, ...] = ()
    at: AwareDatetime


class SubmissionReopened(IntakeEvent):
    """The requester says it is not solved, by text, files, both or neither."""

    TYPE: ClassVar[str] = "helpdesk.submission.reopened.v1"

    reply_id: UUID
    person: PersonRef
    text: str
    files: tuple[FileRef, ...] = ()
    at: AwareDatetime


class SubmissionRated(IntakeEvent):
    TYPE: ClassVar[str] = "helpdesk.submission.rated.v1"

    rating_id: UUID
    person: PersonRef
    score: int = Field(ge=1, le=5)
    comment: str = ""
    at: AwareDatetime
