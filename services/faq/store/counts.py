"""How many articles have a word in their heads: counted now and then, for all of this process."""

from __future__ import annotations

import time

from chassis.mongo import Collection

_KEPT_SECONDS = 600.0
_MOST_COUNTED, _MOST_REMEMBERED = 1000, 50_000


class Counts:
    def __init__(self, articles: Collection) -> None:
        self._articles = articles
        self._known: dict[str, tuple[float, int]] = {}

    async def of(self, word: str) -> int:
        """About; a word in very many is not counted to its end."""
        moment = time.monotonic()
        known = self._known.get(word)
        if known and known[0] > moment:
            return known[1]
        count = await self._articles.count_documents({"head_words": word}, limit=_MOST_COUNTED)
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[word] = (moment + _KEPT_SECONDS, count)
        return count
