"""A file of a report that is made in the background: asked for, made, kept for a while."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.exports_http import ExportState
from contracts.reports_http import FileFormat, StaffReportName

KEPT = timedelta(hours=24)
# Whoever begins to fetch a file at its last moment gets all of it.
FETCHING = timedelta(hours=1)
MOST_UNFINISHED = 3
MOST_ATTEMPTS = 3


class ExportNotFoundError(Exception):
    """There is none, or it is somebody else's, or holds what its owner may not see any more."""


class ExportKeyReusedError(Exception):
    """Something else was asked for under this key."""


class TooManyExportsError(Exception):
    """So many of one's files are being made already."""


class ExportLostError(Exception):
    """Another replica makes it now: this one was silent for too long."""


class Export(BaseModel):
    """`reach`: the companies that its owner may see, None: all; the file holds nothing else.

    `query` is the report's own, with the days it had when it was asked for.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    owner: UUID
    reach: tuple[str, ...] | None
    report: StaffReportName
    format: FileFormat
    lang: str
    query: dict[str, str]
    state: ExportState = "waiting"
    asked_at: datetime
    expires_at: datetime
    attempts: int = 0
    rows_done: int = 0
    rows: int = 0
    size: int | None = None
    done_at: datetime | None = None

    def is_for(self, owner: UUID, reach: tuple[str, ...] | None, at: datetime) -> bool:
        """Only who asked for it, only while their reach is what it was made with, and not for ever."""
        if at >= self.expires_at:
            return False
        same = None if self.reach is None else frozenset(self.reach)
        return self.owner == owner and same == (None if reach is None else frozenset(reach))

    def asks_for_the_same(self, other: Export) -> bool:
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("owner", "reach", "report", "format", "lang", "query")
        )


class ExportStorage(Protocol):
    """What is kept of exports and their files; a replica that makes one is its `holder`."""

    async def add(self, export: Export) -> Export:
        """The one kept under its id, which is another where that was asked for before."""

    async def get(self, key: UUID) -> Export:
        """Raises ExportNotFoundError."""

    async def of(self, owner: UUID, limit: int) -> list[Export]:
        """The newest first."""

    async def unfinished(self, owner: UUID) -> int: ...

    async def waiting(self) -> int:
        """Of all owners, those being made included; counted up to a hundred."""

    async def take(self, holder: UUID, at: datetime, silent_since: datetime) -> Export | None:
        """The next one to be made, which may be one that its maker left; nobody else takes it then."""

    async def tell(self, export: Export, holder: UUID, rows_done: int, rows: int, at: datetime) -> None:
        """How far it is, and that its maker lives; raises ExportLostError."""

    async def keep(self, export: Export, content: AsyncIterator[bytes]) -> int:
        """The file, instead of what an earlier attempt left; returns its size in bytes."""

    async def finish(self, export: Export, holder: UUID, size: int, at: datetime) -> None:
        """Raises ExportLostError."""

    async def fail(self, export: Export, holder: UUID, at: datetime) -> None:
        """To be tried again, if it was not tried often enough."""

    async def end(self, key: UUID, at: datetime) -> None:
        """Nobody makes it any more or gets it; what there is of it goes with what has expired."""

    def read(self, export: Export) -> AsyncIterator[bytes]: ...

    async def forget(self, at: datetime) -> int:
        """Whatever has expired, with its file; returns how many."""
