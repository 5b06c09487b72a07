"""`python -m services.clients.republish`: everything is announced once more, so that mirrors fill anew.

With the environment of clients, while it runs or not: the events wait where all others do. It also writes
anew by which words each thing is found.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog

from chassis.clock import now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from services.clients.domain.storage import Storage
from services.clients.settings import ClientsSettings
from services.clients.store import Registry
from services.clients.use_cases.republish import republish

KINDS = ("companies", "people", "devices", "equipment", "credentials", "licences", "contracts")
# The relay is not to be flooded: what people do meanwhile would wait behind all of this.
_MOST_WAITING = 1000
_PAUSE_SECONDS = 0.2
_log = structlog.get_logger(__name__)


async def republish_all(
    registry: Registry,
    kinds: Sequence[str] = KINDS,
    after: UUID | None = None,
    most_waiting: int = _MOST_WAITING,
) -> int:
    """Returns how many things were announced; waits while too many events do."""
    announced = 0
    for kind in kinds:
        storage: Storage[Any] = getattr(registry, kind)
        done = 0
        async for progress in republish(registry, storage, now(), after):
            done = progress.done
            _log.info("announced once more", kind=kind, done=done, last=str(progress.last))
            await _until_there_is_room(registry, kind, most_waiting)
        announced += done
    return announced


async def _until_there_is_room(registry: Registry, kind: str, most_waiting: int) -> None:
    # The relay is another process: there is nothing to wait for but time.
    while await registry.count_waiting(kind, most_waiting + 1) > most_waiting:  # noqa: ASYNC110
        await asyncio.sleep(_PAUSE_SECONDS)


async def _run(settings: ClientsSettings, kinds: Sequence[str], after: UUID | None) -> None:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        registry = Registry(client, database(client, settings.mongodb_database))
        await registry.prepare()
        announced = await republish_all(registry, kinds, after)
        _log.info("all is announced", things=announced)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.clients.republish", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"some of {', '.join(KINDS)}; all without any")
    parser.add_argument("--after", type=UUID, help="go on after this id, of one kind")
    chosen = parser.parse_args()
    if unknown := set(chosen.kinds) - set(KINDS):
        parser.error(f"there are no {', '.join(sorted(unknown))}")
    if chosen.after and len(chosen.kinds) != 1:
        parser.error("--after is of one kind")
    settings = read_settings(ClientsSettings, "clients")
    asyncio.run(_run(settings, chosen.kinds or KINDS, chosen.after))


if __name__ == "__main__":
    main()
