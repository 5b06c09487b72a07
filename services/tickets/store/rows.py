"""Rows of the list as JSON, kept by version: a page of rows seen before costs one small query.

Reading and encoding fifty documents is most of what the list costs (docs/decisions/0020).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from chassis.mongo import Collection, Document
from contracts.tickets_http import FoundPlace
from services.tickets.domain.finding import Sought, Text, extracts, marked, missing_in, pattern_of, text_of
from services.tickets.domain.sla import judge
from services.tickets.store.documents import ROW_FIELDS, clock_times, to_row

_KEPT = 5_000


class _Row(NamedTuple):
    """`state`: how the clock stood when `json` was written; it can change without the version.

    `shown` are the texts that one reads in it.
    """

    version: int
    started_at: datetime
    times: dict[str, Any]
    state: str
    json: bytes
    shown: tuple[Text, ...]

    def holds(self, version: int, now: datetime) -> bool:
        is_new_enough = self.version >= version
        return is_new_enough and judge(started_at=self.started_at, now=now, **self.times) == self.state


class Rows:
    """Of tickets that a query has just found, and that its asker may therefore see."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._kept: OrderedDict[UUID, _Row] = OrderedDict()

    async def of(self, found: Sequence[Document], now: datetime) -> list[orjson.Fragment]:
        """`found` has `_id` and `version`; a row may be newer than that, never older."""
        rows = await self.by_id(_keys(found), now)
        return [rows[key] for key, _ in _keys(found) if key in rows]

    async def found(
        self, found: Sequence[Document], words: Sequence[Sought], now: datetime
    ) -> list[orjson.Fragment]:
        """With the places where the words stand; what a row does not show is read where it has to be."""
        rows = await self._by_id(_keys(found), now)
        missing = {key: left for key, row in rows.items() if (left := missing_in(row.shown, words))}
        elsewhere = await self._elsewhere(missing, words)
        return [
            _with_places(row, [*marked(row.shown, words), *elsewhere.get(key, ())])
            for key, _ in _keys(found)
            if (row := rows.get(key))
        ]

    async def _elsewhere(
        self, missing: Mapping[UUID, Sequence[Sought]], words: Sequence[Sought]
    ) -> dict[UUID, list[FoundPlace]]:
        if not missing:
            return {}
        wanted = _texts_with(pattern_of(word for left in missing.values() for word in left))
        documents = await self._collection.find({"_id": {"$in": list(missing)}}, wanted).to_list()
        return {one["_id"]: extracts(_texts_of(one), words, missing[one["_id"]]) for one in documents}

    async def by_id(self, wanted: Sequence[tuple[UUID, int]], now: datetime) -> dict[UUID, orjson.Fragment]:
        """Of each id at this version, or a newer one."""
        return {key: orjson.Fragment(row.json) for key, row in (await self._by_id(wanted, now)).items()}

    async def _by_id(self, wanted: Sequence[tuple[UUID, int]], now: datetime) -> dict[UUID, _Row]:
        rows = {key: row for key, version in wanted if (row := self._known(key, version, now))}
        missing = [key for key, _ in wanted if key not in rows]
        if missing:
            rows |= await self._read(missing, now)
        return rows

    def _known(self, key: UUID, version: int, now: datetime) -> _Row | None:
        row = self._kept.get(key)
        if row is None or not row.holds(version, now):
            return None
        self._kept.move_to_end(key)
        return row

    async def _read(self, keys: Sequence[UUID], now: datetime) -> dict[UUID, _Row]:
        documents = await self._collection.find({"_id": {"$in": keys}}, ROW_FIELDS).to_list()
        rows = {document["_id"]: _row_of(document, now) for document in documents}
        self._kept.update(rows)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return rows


def _keys(found: Sequence[Document]) -> list[tuple[UUID, int]]:
    return [(one["_id"], one["version"]) for one in found]


def _row_of(document: Document, now: datetime) -> _Row:
    started_at, times = document["clock"]["started_at"], clock_times(document)
    row = to_row(document, now)
    encoded = orjson.dumps(row, option=orjson.OPT_UTC_Z)
    shown = (
        text_of("title", row["title"]),
        text_of("person", row["person"]["full_name"]),
        text_of("company", row["company"]["name"]),
    )
    return _Row(row["version"], started_at, times, row["sla"]["state"], encoded, shown)


def _texts_with(pattern: str) -> Document:
    """A projection of what a search looks through beside what a row shows: those that answer to `pattern`.

    MongoDB passes over the others, however long a log is, and none of them has to be taken apart here.
    """

    def answers(text: str) -> Document:
        return {"$regexMatch": {"input": text, "regex": pattern, "options": "i"}}

    said = {"$and": [{"$ne": ["$$this.kind", "change"]}, answers("$$this.text")]}
    entries = {"$filter": {"input": "$entries", "cond": said}}
    return {
        "description": {"$cond": [answers("$description"), "$description", ""]},
        "equipment": {"$cond": [answers("$equipment.name"), "$equipment.name", ""]},
        "entries": {"$map": {"input": entries, "in": {"id": "$$this.id", "text": "$$this.text"}}},
    }


def _texts_of(document: Document) -> list[Text]:
    """The newest of the log first: where several would do, it is the one to look at."""
    return [
        text_of("text", document["description"]),
        text_of("equipment", document["equipment"]),
        *[text_of("log", one["text"], one["id"]) for one in reversed(document["entries"])],
    ]


def _with_places(row: _Row, places: list[FoundPlace]) -> orjson.Fragment:
    told = orjson.dumps(places)
    return orjson.Fragment(row.json[:-1] + b',"found":' + told + b"}")
