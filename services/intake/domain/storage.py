"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from contracts.envelope import Event
from contracts.intake_http import LogItem
from services.intake.domain.files import StoredFile
from services.intake.domain.submission import Progress, Submission


class SubmissionStorage(Protocol):
    async def get(self, submission_id: UUID) -> Submission:
        """Raises SubmissionNotFoundError."""

    async def add(self, submission: Submission, files: Sequence[StoredFile], event: Event) -> bool:
        """Keep it with its files and event, all or nothing; False when its id is taken."""

    async def append(self, submission_id: UUID, item: LogItem, event: Event, rating: int | None) -> bool:
        """Put a requester's word into the log with its event; False when that item is there already."""

    async def follow(self, submission_id: UUID, progress: Progress, item: LogItem | None) -> None:
        """Take over a newer progress, and a line of the log that is not there yet."""
