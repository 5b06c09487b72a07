"""Every word that some article has, with its stem and what is left of it after one slip.

What is typed is looked up here first, so that articles are only ever asked for whole stems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pymongo import ASCENDING, InsertOne
from pymongo.errors import BulkWriteError

from chassis.mongo import Collection, Database
from services.faq.domain.search import forms
from services.faq.domain.spelling import deletions, is_slip
from services.faq.store.queries import BEYOND_ALL

_MOST_COMPLETIONS = 100
_MOST_MEANT = 200
_MOST_REMEMBERED = 200_000
_DUPLICATE_KEY = 11000


class Words:
    def __init__(self, database: Database) -> None:
        self._words: Collection = database["words"]
        self._remembered: set[str] = set()

    async def prepare(self) -> None:
        await self._words.create_index([("deletions", ASCENDING)])

    async def learn(self, texts: Iterable[str]) -> None:
        """Before the article that has them is kept: a word too many does no harm, a missing one would."""
        new = {word: stem for word, stem in forms(texts).items() if word not in self._remembered}
        if not new:
            return
        inserts = [
            InsertOne({"_id": word, "stem": stem, "deletions": deletions(word)}) for word, stem in new.items()
        ]
        try:
            await self._words.bulk_write(inserts, ordered=False)
        except BulkWriteError as error:
            mistakes = [one for one in error.details["writeErrors"] if one["code"] != _DUPLICATE_KEY]
            if mistakes or error.details["writeConcernErrors"]:
                raise
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered.update(new)

    async def known(self, stems: Sequence[str]) -> set[str]:
        """Which of these stems some article has."""
        found = await self._words.find({"_id": {"$in": list(stems)}}, {"_id": 1}).to_list()
        return {one["_id"] for one in found}

    async def beginning_with(self, letters: str) -> list[str]:
        """Stems of words that begin so, some."""
        begins = {"_id": {"$gte": letters, "$lt": letters + BEYOND_ALL}}
        found = await self._words.find(begins, {"stem": 1}).limit(_MOST_COMPLETIONS).to_list()
        return list(dict.fromkeys(one["stem"] for one in found))

    async def one_slip_from(self, words: Sequence[str]) -> dict[str, dict[str, str]]:
        """For each word, the words that may have been meant, with their stems."""
        left = sorted({one for word in words for one in deletions(word)})
        if not left:
            return {}
        meant = await self._words.find({"deletions": {"$in": left}}).limit(_MOST_MEANT * len(words)).to_list()
        return {
            word: {one["_id"]: one["stem"] for one in meant if is_slip(word, one["_id"])} for word in words
        }
