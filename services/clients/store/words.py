"""Every word by which something is found, with what is left of it after one slip.

What is typed and finds nothing is looked up here, so that only words that are there are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pymongo import ASCENDING, InsertOne
from pymongo.errors import BulkWriteError

from chassis.mongo import Collection, Database
from services.clients.domain.spelling import deletions, is_slip, is_slip_at_beginning, is_spelled

_MOST_LOOKED_THROUGH = 3000
_MOST_MEANT = 24
_SURE_LETTERS = 2
_MOST_REMEMBERED = 200_000
_DUPLICATE_KEY = 11000
_BEYOND_ALL = "\U0010ffff"


class Words:
    def __init__(self, database: Database) -> None:
        self._words: Collection = database["words"]
        self._remembered: set[str] = set()

    async def prepare(self) -> None:
        await self._words.create_index([("deletions", ASCENDING)])

    async def learn(self, keys: Iterable[str]) -> None:
        """Before the thing that has them is kept: a word too many does no harm, a missing one would."""
        new = {word for word in keys if is_spelled(word)} - self._remembered
        if not new:
            return
        inserts = [InsertOne({"_id": word, "deletions": deletions(word)}) for word in sorted(new)]
        try:
            await self._words.bulk_write(inserts, ordered=False)
        except BulkWriteError as error:
            mistakes = [one for one in error.details["writeErrors"] if one["code"] != _DUPLICATE_KEY]
            if mistakes or error.details["writeConcernErrors"]:
                raise
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered.update(new)

    async def beginning_with(self, letters: str, most: int = _MOST_MEANT) -> list[str]:
        """Some of the words that begin so."""
        begins = {"_id": {"$gte": letters, "$lt": letters + _BEYOND_ALL}}
        found = await self._words.find(begins, {"_id": 1}).limit(most).to_list()
        return [one["_id"] for one in found]

    async def meant_by(self, typed: str) -> list[str]:
        """Words one slip away; else those that begin one slip away, if the first letters are right."""
        if not is_spelled(typed):
            return []
        near = await self._words.find({"deletions": {"$in": deletions(typed)}}, {"_id": 1}).to_list()
        if whole := [one["_id"] for one in near if is_slip(typed, one["_id"])]:
            return whole[:_MOST_MEANT]
        alike: Sequence[str] = await self.beginning_with(typed[:_SURE_LETTERS], _MOST_LOOKED_THROUGH)
        return [word for word in alike if is_slip_at_beginning(typed, word)][:_MOST_MEANT]
