"""What a specialist has not read yet: read from the tickets themselves, so that nothing can be missed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Literal
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
        told += [one async for one in self._mentions(staff, at, seen)]
        told.sort(key=lambda one: one.at, reverse=True)
        return [one for one in told if one.by.id != staff][:_MOST]

    async def _mentions(self, staff: UUID, at: datetime, seen: datetime) -> AsyncIterator[Notice]:
        """Where colleagues named one in the log, whatever became of the ticket."""
        found = await self._tickets.aggregate(
            [
                {"$match": {"mentioned": staff, "updated_at": {"$gt": at - _LASTING}}},
                {"$sort": {"updated_at": -1}},
                {"$limit": _MOST},
                {"$project": _FIELDS},
                {"$set": {"entries": {"$filter": _naming(staff)}}},
            ]
        )
        async for document in found:
            for entry in document["entries"]:
                if entry["at"] > at - _LASTING:
                    yield _told(document, entry, entry["at"], seen, "mentioned")

    async def see(self, staff: UUID, until: datetime) -> None:
        """Never back."""
        await self._seen.update_one({"_id": staff}, {"$max": {"until": until}}, upsert=True)


_GIVEN = {"input": "$entries", "cond": {"$in": ["assignee", "$$this.changes.field"]}}


def _naming(staff: UUID) -> Document:
    """Entries from before there were mentions have no such field."""
    return {"input": "$entries", "cond": {"$in": [staff, {"$ifNull": ["$$this.mentions", []]}]}}


def _notice(document: Document, seen: datetime) -> Notice:
    entry = document["entries"][0]
    return _told(document, entry, document["assigned_at"], seen, "assigned")


def _told(
    document: Document, entry: Document, at: datetime, seen: datetime, kind: Literal["assigned", "mentioned"]
) -> Notice:
    return Notice(
        kind=kind,
        ticket_id=document["_id"],
        number=document["number"],
        title=document["title"],
        company=document["company"],
        at=at,
        by=entry["author"],
        rule=entry["text"] if kind == "assigned" else "",
        unread=at > seen,
    )
