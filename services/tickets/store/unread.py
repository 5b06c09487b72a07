"""What a specialist has not read yet: read from the tickets themselves, so that nothing can be missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.mongo import Database, Document
from contracts.tickets import OPEN_STATUSES
from contracts.unread_http import Notice

_LASTING = timedelta(days=30)
_MOST = 50
_OPEN = [status.value for status in OPEN_STATUSES]
_BEGINNING = datetime.fromtimestamp(0, UTC)
_FIELDS = {"number": 1, "title": 1, "company": 1, "assigned_at": 1, "entries": 1}


class Unread:
    def __init__(self, database: Database) -> None:
        self._tickets = database["tickets"]
        self._seen = database["unread_seen"]

    async def of(self, staff: UUID, at: datetime) -> list[Notice]:
        """Of all companies; one's own doing is no news."""
        mark = await self._seen.find_one({"_id": staff})
        seen = mark["until"] if mark else _BEGINNING
        mine = {"assignee.id": staff, "status": {"$in": _OPEN}, "assigned_at": {"$gt": at - _LASTING}}
        found = await self._tickets.aggregate(
            [
                {"$match": mine},
                {"$sort": {"assigned_at": -1}},
                {"$limit": _MOST},
                {"$project": _FIELDS},
                {"$set": {"entries": {"$slice": [{"$filter": _GIVEN}, -1]}}},
            ]
        )
        told = [_notice(document, seen) async for document in found if document["entries"]]
        return [one for one in told if one.by.id != staff]

    async def see(self, staff: UUID, until: datetime) -> None:
        """Never back."""
        await self._seen.update_one({"_id": staff}, {"$max": {"until": until}}, upsert=True)


_GIVEN = {"input": "$entries", "cond": {"$in": ["assignee", "$$this.changes.field"]}}


def _notice(document: Document, seen: datetime) -> Notice:
    entry, at = document["entries"][0], document["assigned_at"]
    return Notice(
        ticket_id=document["_id"],
        number=document["number"],
        title=document["title"],
        company=document["company"],
        at=at,
        by=entry["author"],
        rule=entry["text"],
        unread=at > seen,
    )
