"""Keeping something new, once for each Idempotency-Key."""

from __future__ import annotations

from typing import TypeVar

from contracts.history_http import Doer
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.creation import Creation
from services.clients.domain.errors import MadeBeforeError
from services.clients.domain.storage import Storage

AggregateT = TypeVar("AggregateT", bound=Aggregate)


async def make_once(
    storage: Storage[AggregateT], new: AggregateT, creation: Creation | None, *, by: Doer
) -> AggregateT:
    """The new one, or what the same key made before, as it is now; raises KeyReusedError, TakenError."""
    if creation and (before := await storage.made_by(creation)):
        return before
    try:
        await storage.add(new.signed(by), new.take_events(), creation)
    except MadeBeforeError:
        if creation and (before := await storage.made_by(creation)):
            return before
        raise
    return new
