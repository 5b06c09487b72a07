"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contracts.envelope import Event
from contracts.intake_http import LogItem
from contracts.people import PersonRef
from contracts.tickets import MergedInto
from services.intake.domain.access import Position, Scope
from services.intake.domain.files import KeptFile, StoredFile
from services.intake.domain.submission import Progress, Submission


class SubmissionStorage(Protocol):
    async def get(self, submission_id: UUID) -> Submission:
        """Raises SubmissionNotFoundError."""

    async def add(self, submission: Submission, files: Sequence[StoredFile], event: Event) -> bool:
        """Keep it with its files and event, all or nothing; False when its id is taken."""

    async def page(
        self, scope: Scope, before: Position | None, limit: int
    ) -> tuple[list[Submission], Position | None]:
        """The newest first; and where the next page begins."""

    async def newest_of(self, company: UUID, most: int) -> list[Submission]:
        """A company's, the newest first."""

    async def shows(self, file_id: UUID, scope: Scope) -> bool:
        """Whether one of the scope's submissions has the file in an answer."""

    async def changed(self, submission_id: UUID, seconds: float) -> None:
        """Return when this submission changes (a change may be missed), or after `seconds`."""

    async def append(self, submission_id: UUID, item: LogItem, event: Event, rating: int | None) -> bool:
        """Put a requester's word into the log with its event; False when that item is there already."""

    async def hand_over(self, person: UUID, into: PersonRef) -> None:
        """All that the one has submitted is the other's; harmless again."""

    async def follow(
        self, submission_id: UUID, version: int, progress: Progress | None, item: LogItem | None
    ) -> None:
        """Take over what the ticket's `version` says: a line of the log that is not there yet or is older
        there, and a newer progress (None: not reached yet)."""

    async def join(self, submission_id: UUID, into: MergedInto) -> None:
        """From now on it follows the ticket it was merged into, as do those that were merged into it."""


class FileStorage(Protocol):
    async def find(self, file_id: UUID) -> KeptFile | None:
        """None when there is no such file."""

    async def add(self, submission_id: UUID, files: Sequence[StoredFile], at: datetime) -> None:
        """Keep files for an answer, all or nothing; the same again are there already.

        Raises OtherBodyError where their ids were used for others.
        """

    def read(self, file_id: UUID) -> AsyncIterator[bytes]:
        """The file's bytes, a chunk at a time."""

    async def read_whole(self, file_id: UUID) -> bytes | None:
        """None when there is no such file."""

    async def display(self, file_id: UUID) -> tuple[str, bytes] | None:
        """The re-encoded image as (content type, bytes), if it was made already."""

    async def keep_display(self, file_id: UUID, content_type: str, data: bytes) -> None:
        """Keep a re-encoded image; it can be made again, so this may be declined."""
