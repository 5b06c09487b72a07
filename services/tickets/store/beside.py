"""Everything beside a ticket in one query."""

from __future__ import annotations

from datetime import datetime

from chassis.finding import Find, find, find_all
from chassis.mongo import Database, Document
from services.tickets.domain.beside import Around, Beside
from services.tickets.domain.draft import Draft
from services.tickets.domain.worked import Worked
from services.tickets.store.desk_work import DRAFTS, key_of_draft
from services.tickets.store.rows import Rows
from services.tickets.store.work import sum_of_work

_LATEST = 6
_TICKETS = "tickets"


async def beside(database: Database, rows: Rows, around: Around, now: datetime) -> Beside:
    whose = _latest_of(around)
    worked, draft, *latest = await find_all(
        database,
        [
            Find(_TICKETS, sum_of_work(around.company, around.month)),
            find(DRAFTS, {"_id": key_of_draft(around.staff, around.number)}, {"_id": 0}),
            *(_newest(query) for query in whose.values()),
        ],
    )
    known = await rows.by_id(list({(one["_id"], one["version"]) for found in latest for one in found}), now)
    return Beside(
        latest={
            name: [known[one["_id"]] for one in found if one["_id"] in known]
            for name, found in zip(whose, latest, strict=True)
        },
        worked=Worked.model_validate({**(worked[0] if worked else {}), "month": around.month}),
        draft=Draft.model_validate(draft[0]) if draft else Draft(),
    )


def _latest_of(around: Around) -> dict[str, Document]:
    whose: dict[str, Document] = {
        "company": {"company.id": around.company},
        "person": {"person.id": around.person},
    }
    return {**whose, "equipment": {"equipment.id": around.equipment}} if around.equipment else whose


def _newest(query: Document) -> Find:
    return find(_TICKETS, query, {"version": 1}, sort=[("number", -1)], limit=_LATEST)
