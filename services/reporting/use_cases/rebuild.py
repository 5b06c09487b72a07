"""Everything from nothing, beside what is read meanwhile."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.history import HistoryEnded
from services.reporting.domain.storage import ArchiveStorage, Rebuild


async def begin_rebuild(archive: ArchiveStorage, key: UUID, at: datetime) -> None:
    """The past is asked for by an event; until it is all told, the present goes into both."""
    await archive.begin_rebuild(key, at)


async def hear_end(archive: ArchiveStorage, ended: HistoryEnded) -> None:
    """It may be heard before the last of the tickets it speaks of."""
    await archive.expect(ended.id, ended.tickets, ended.last)


async def finish_rebuild(archive: ArchiveStorage) -> Rebuild | None:
    """What is built is read from now on, if it is all there; the rebuild that goes on still."""
    rebuild = await archive.rebuild()
    if rebuild is None or not is_whole(rebuild):
        return rebuild
    await archive.put_live(rebuild)
    return None


def is_whole(rebuild: Rebuild) -> bool:
    return rebuild.expected is not None and rebuild.told >= rebuild.expected and rebuild.folded
