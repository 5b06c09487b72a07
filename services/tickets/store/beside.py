"""Everything beside a ticket in one query: each small one costs more than what it finds (0106)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chassis.mongo import Collection, Document
from services.tickets.domain.beside import Around, Beside
from services.tickets.domain.draft import Draft
from services.tickets.domain.worked import Worked
from services.tickets.store.desk_work import DRAFTS, key_of_draft
from services.tickets.store.rows import Rows
from services.tickets.store.work import sum_of_work

_LATEST = 6


async def beside(tickets: Collection, rows: Rows, around: Around, now: datetime) -> Beside:
    parts: dict[str, list[Document]] = {}
    async for one in await tickets.aggregate(_all_of(around)):
        parts.setdefault(one["of"], []).append(one)
    worked, draft = parts.pop("worked", None), parts.pop("draft", None)
    known = await rows.by_id(list({(one["_id"], one["version"]) for one in _flat(parts)}), now)
    latest: dict[str, list[Any]] = {
        name: [known[one["_id"]] for one in parts.get(name, ()) if one["_id"] in known]
        for name in _latest_of(around)
    }
    return Beside(
        latest,
        Worked.model_validate({**worked[0], "month": around.month}) if worked else Worked(month=around.month),
        Draft.model_validate(draft[0]) if draft else Draft(),
    )


def _latest_of(around: Around) -> dict[str, Document]:
    whose: dict[str, Document] = {
        "company": {"company.id": around.company},
        "person": {"person.id": around.person},
    }
    return {**whose, "equipment": {"equipment.id": around.equipment}} if around.equipment else whose


def _all_of(around: Around) -> list[Document]:
    """Documents that say what they are of; those of `latest` in the order of the list."""
    latest: list[list[Document]] = [
        [
            {"$match": query},
            {"$sort": {"number": -1}},
            {"$limit": _LATEST},
            {"$project": {"version": 1, "of": {"$literal": name}}},
        ]
        for name, query in _latest_of(around).items()
    ]
    worked = [*sum_of_work(around.company, around.month), {"$set": {"of": "worked"}}]
    key = key_of_draft(around.staff, around.number)
    draft = [{"$match": {"_id": key}}, {"$set": {"of": "draft"}}, {"$unset": "_id"}]
    return [
        *latest[0],
        *({"$unionWith": {"coll": "tickets", "pipeline": stages}} for stages in (*latest[1:], worked)),
        {"$unionWith": {"coll": DRAFTS, "pipeline": draft}},
    ]


def _flat(parts: dict[str, list[Document]]) -> Iterable[Document]:
    return (one for found in parts.values() for one in found)
