"""The current state of everything is announced once more, so that mirrors can be filled anew.

Versions are as they were: whoever knows a thing drops the event, whoever lost it takes it over.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from contracts.envelope import Event
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage, Storage

_BATCH = 200


class Progress(NamedTuple):
    """`done` of this kind so far; `last` is the id to go on after."""

    done: int
    last: UUID | None


async def republish(
    registry: RegistryStorage, storage: Storage[Any], at: datetime, after: UUID | None = None
) -> AsyncIterator[Progress]:
    """One kind of thing, batch by batch in the order of ids. May be cut off and begun anew at any time."""
    done = 0
    while things := await storage.all_after(after, _BATCH):
        await storage.announce(await _announcements(registry, things), at)
        done, after = done + len(things), things[-1].id
        yield Progress(done, after)


async def _announcements(
    registry: RegistryStorage, things: Sequence[Aggregate]
) -> list[tuple[Aggregate, list[Event]]]:
    merged = [thing.merged_into for thing in things if isinstance(thing, Person) and thing.merged_into]
    targets = await registry.people.references(merged) if merged else {}
    said: list[tuple[Aggregate, list[Event]]] = []
    for thing in things:
        events = [thing.event()]
        if isinstance(thing, Person) and thing.merged_into in targets:
            events.append(thing.merging(targets[thing.merged_into]))
        said.append((thing, events))
    return said
