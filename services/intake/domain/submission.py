"""A submission: what was submitted, unchanged for ever, and beside it what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.intake import Channel, FileRef, Requester, SubmissionReceived
from contracts.intake_http import LogItem, NewSubmission
from contracts.tickets import Status
from services.intake.domain.errors import LogFullError

# MongoDB's documents end at 16 MB; each word is there twice while its event waits, the answers beside.
MOST_WORDS = 500
MOST_CHARACTERS = 500_000


class Progress(BaseModel):
    """What tickets last said of it."""

    model_config = ConfigDict(frozen=True)

    number: int
    version: int
    status: Status
    reaction_due: datetime
    resolution_due: datetime


class Submission(BaseModel):
    id: UUID
    fingerprint: str
    channel: Channel
    title: str
    description: str
    diagnostics: dict[str, Any] = Field(default_factory=dict)
    requester: Requester
    files: list[FileRef] = Field(default_factory=list)
    received_at: datetime
    updated_at: datetime
    progress: Progress | None = None
    log: list[LogItem] = Field(default_factory=list)
    rating: int | None = None
    joined: UUID | None = None

    @property
    def followed(self) -> UUID:
        """The submission whose ticket this one follows."""
        return self.joined or self.id

    @property
    def status(self) -> Status | Literal["received"]:
        return self.progress.status if self.progress else "received"

    def has_followed(self, version: int) -> bool:
        """Whether what is known of the ticket is at least this version of it."""
        return self.progress is not None and self.progress.version >= version

    def word(self, item_id: UUID) -> LogItem | None:
        return next((item for item in self.log if item.id == item_id), None)

    def check_room(self, text: str) -> None:
        """Raises LogFullError when the requester has said as much as a submission holds."""
        said = [item.text for item in self.log if item.author.kind == "person"]
        if len(said) >= MOST_WORDS or sum(map(len, said)) + len(text) > MOST_CHARACTERS:
            raise LogFullError

    def received(self) -> SubmissionReceived:
        return SubmissionReceived(
            submission_id=self.id,
            channel=self.channel,
            title=self.title,
            description=self.description,
            requester=self.requester,
            files=self.files,
            diagnostics=self.diagnostics,
            received_at=self.received_at,
        )


def fingerprint(new: NewSubmission, requester: Requester, digests: Sequence[str]) -> str:
    """Equal for two bodies that say the same for the same person, who may have enrolled again meanwhile."""
    said = {
        **new.model_dump(mode="json"),
        "person": str(requester.person.id),
        "files": list(digests),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
