"""`python -m services.faq.republish`: articles, uses and searches in vain are told once more, for reports.

With the environment of faq, while it runs or not: the events wait where all others do.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog

from chassis.clock import now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from services.faq.settings import FaqSettings
from services.faq.store import Library
from services.faq.use_cases.republish import republish_articles, republish_misses, republish_uses

# The relay is not to be flooded: what people do meanwhile would wait behind all of this.
_MOST_WAITING = 1000
_PAUSE_SECONDS = 0.2
_log = structlog.get_logger(__name__)


class Waiting(Protocol):
    async def count_waiting(self, most: int) -> int: ...


async def republish_all(library: Library, most_waiting: int = _MOST_WAITING) -> None:
    """Waits while too many events do."""
    async for done in republish_articles(library, now()):
        _log.info("announced once more", kind="articles", done=done)
    async for done in republish_uses(library, now()):
        _log.info("announced once more", kind="uses", done=done)
        await until_there_is_room(library.uses, most_waiting)
    async for done in republish_misses(library, now()):
        _log.info("announced once more", kind="misses", done=done)
        await until_there_is_room(library.misses, most_waiting)


async def until_there_is_room(announced: Waiting, most_waiting: int = _MOST_WAITING) -> None:
    # The relay is another process: there is nothing to wait for but time.
    while await announced.count_waiting(most_waiting + 1) > most_waiting:  # noqa: ASYNC110
        await asyncio.sleep(_PAUSE_SECONDS)


async def _run(settings: FaqSettings) -> None:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        library = Library(client, database(client, settings.mongodb_database))
        await library.prepare()
        await republish_all(library)
        _log.info("all is announced")


def main() -> None:
    asyncio.run(_run(read_settings(FaqSettings, "faq")))


if __name__ == "__main__":
    main()
