"""Changing what is there, so that nobody's change is overwritten unseen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from contracts.history_http import Doer
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.errors import ConflictError
from services.clients.domain.storage import Storage

AggregateT = TypeVar("AggregateT", bound=Aggregate)

# Without If-Match nobody asked for a particular version, so a collision is simply decided again.
_TRIES = 5


async def revise(
    storage: Storage[AggregateT],
    load: Callable[[], Awaitable[AggregateT]],
    decide: Callable[[AggregateT], object],
    *,
    version: int | None,
    wanted: Mapping[str, Any],
    by: Doer,
) -> AggregateT:
    """Raises ConflictError, with what stands otherwise than `wanted`, if `version` is not the newest."""
    for _ in range(_TRIES):
        it = (await load()).signed(by)
        if version is not None and it.version != version:
            raise ConflictError(it, it.differing(wanted))
        decide(it)
        events = it.take_events()
        if not events:
            return it
        try:
            await storage.save(it, events)
        except ConflictError:
            continue
        return it
    raise ConflictError
