"""How many tickets a view has: never more are counted than are told, and never for long.

The answer is kept for a moment, so that a shared view costs once however many look at it.
"""

from __future__ import annotations

import time
from collections import OrderedDict

from pymongo.errors import ExecutionTimeout

from chassis.mongo import Collection
from services.tickets.domain.listing import Wanted
from services.tickets.store.queries import being_typed, query_of
from services.tickets.store.vocabulary import Vocabulary

_KEPT_SECONDS, _MOST_KEPT = 2.0, 2_000
_LONGEST_MS = 250


class Counts:
    def __init__(self, collection: Collection, vocabulary: Vocabulary) -> None:
        self._collection = collection
        self._vocabulary = vocabulary
        self._kept: OrderedDict[Wanted, tuple[float, int | None]] = OrderedDict()

    async def up_to(self, wanted: Wanted, most: int) -> int | None:
        """At most `most`; None when even that took too long."""
        # The order makes no difference to how many there are.
        asked = wanted.model_copy(update={"sort": "-number", "limit": most})
        moment = time.monotonic()
        known = self._kept.get(asked)
        if known and known[0] > moment:
            return known[1]
        counted = await self._count(asked)
        self._kept[asked] = (time.monotonic() + _KEPT_SECONDS, counted)
        self._kept.move_to_end(asked)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return counted

    async def _count(self, wanted: Wanted) -> int | None:
        typed = being_typed(wanted)
        query = query_of(wanted, await self._vocabulary.beginning_with(typed) if typed else None)
        try:
            return await self._collection.count_documents(query, limit=wanted.limit, maxTimeMS=_LONGEST_MS)
        except ExecutionTimeout:
            return None
