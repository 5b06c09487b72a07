"""Every word that some ticket has: what is being typed is completed here first, then looked up whole.

A search by a beginning alone would read and sort all tickets with any such word (docs/decisions/0021).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pymongo import InsertOne
from pymongo.errors import BulkWriteError

from chassis.mongo import DUPLICATE_KEY, Collection, Database
from chassis.together import Together

# MongoDB merges up to 200 ordered lists instead of sorting what is in them.
_MOST_COMPLETIONS = 100
_MOST_REMEMBERED = 100_000


class Vocabulary:
    def __init__(self, database: Database) -> None:
        self._words: Collection = database["words"]
        self._known: set[str] = set()
        self._learned = Together(self._learn)

    async def learn(self, words: Iterable[str]) -> None:
        """Before the ticket that has them is kept: a word too many does no harm, a missing one would."""
        if new := [word for word in words if word not in self._known]:
            await self._learned.of(new)

    async def _learn(self, heard: Sequence[Sequence[str]]) -> list[None]:
        new = {word for words in heard for word in words if word not in self._known}
        try:
            if new:
                await self._words.bulk_write([InsertOne({"_id": word}) for word in new], ordered=False)
        except BulkWriteError as error:
            mistakes = [one for one in error.details["writeErrors"] if one["code"] != DUPLICATE_KEY]
            if mistakes or error.details["writeConcernErrors"]:
                raise
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        self._known.update(new)
        return [None] * len(heard)

    async def beginning_with(self, letters: str) -> list[str] | None:
        """The words that begin so, or None when they are too many."""
        begins = {"_id": re.compile(f"^{re.escape(letters)}")}
        found = await self._words.find(begins).limit(_MOST_COMPLETIONS + 1).to_list()
        return [one["_id"] for one in found] if len(found) <= _MOST_COMPLETIONS else None
