"""What was worked for a company in a month, from what each ticket keeps of it by month."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection, Document
from services.tickets.domain.log import Entry
from services.tickets.domain.worked import Worked, worked_by_month

_BATCH = 500
_COUNTED_BEFORE = "worked by month"


async def prepare_work(tickets: Collection, marks: Collection, zone: ZoneInfo) -> None:
    """The index, and once the months of tickets that were kept before there were any."""
    await tickets.create_index(
        [("company.id", ASCENDING), ("worked.month", ASCENDING)],
        partialFilterExpression={"worked.month": {"$exists": True}},
    )
    if await marks.find_one({"_id": _COUNTED_BEFORE}):
        return
    without = {"minutes": {"$gt": 0}, "worked": {"$exists": False}}
    while found := await tickets.find(without, {"entries": 1, "version": 1}).limit(_BATCH).to_list():
        await tickets.bulk_write([_counted(document, zone) for document in found], ordered=False)
    await marks.update_one({"_id": _COUNTED_BEFORE}, {"$set": {"done": True}}, upsert=True)


async def worked_in(tickets: Collection, company: UUID, month: str) -> Worked:
    async for found in await tickets.aggregate(sum_of_work(company, month)):
        return Worked(month=month, minutes=found["minutes"], additional=found["additional"])
    return Worked(month=month)


def sum_of_work(company: UUID, month: str) -> list[Document]:
    """Stages that read only the tickets with work in that month, and give one document or none."""
    return [
        {"$match": {"company.id": company, "worked.month": month}},
        {"$unwind": "$worked"},
        {"$match": {"worked.month": month}},
        {
            "$group": {
                "_id": None,
                "minutes": {"$sum": "$worked.minutes"},
                "additional": {"$sum": "$worked.additional"},
            }
        },
    ]


def _counted(document: Document, zone: ZoneInfo) -> UpdateOne:
    """Unless somebody changed it meanwhile, who then counted it as well."""
    entries = [Entry.model_validate(entry) for entry in document["entries"]]
    worked = [one.model_dump() for one in worked_by_month(entries, zone)]
    same = {"_id": document["_id"], "version": document["version"]}
    return UpdateOne(same, {"$set": {"worked": worked}})
