"""The open tickets as the board looks at them: little of each, by the index of what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pymongo import ASCENDING

from chassis.mongo import Collection, Document
from contracts.people import StaffRef
from contracts.tickets import OPEN_STATUSES, Status
from services.tickets.domain.board import Standing
from services.tickets.domain.sla import judge
from services.tickets.store.documents import clock_times

# A service that has more open than that looks at its oldest ones first.
MOST = 5_000
_OPEN = [status.value for status in OPEN_STATUSES]
_FIELDS = dict.fromkeys(
    (
        *("number", "version", "status", "assignee", "received_at", "clock"),
        *("reaction_due", "resolution_due", "promise.reaction_warn_at", "promise.resolution_warn_at"),
    ),
    1,
)


async def standings(
    tickets: Collection, companies: Sequence[UUID] | None, now: datetime
) -> tuple[list[Standing], bool]:
    """The oldest first; and whether there are more than are looked at."""
    query: Document = {"status": {"$in": _OPEN}}
    if companies is not None:
        query["company.id"] = {"$in": list(companies)}
    found = await tickets.find(query, _FIELDS).sort("number", ASCENDING).limit(MOST + 1).to_list()
    return [_standing(document, now) for document in found[:MOST]], len(found) > MOST


def _standing(document: Document, now: datetime) -> Standing:
    times = clock_times(document)
    due = document["resolution_due"] if times["reacted_at"] else document["reaction_due"]
    assignee = document["assignee"]
    return Standing(
        id=document["_id"],
        number=document["number"],
        version=document["version"],
        status=Status(document["status"]),
        state=judge(started_at=document["clock"]["started_at"], now=now, **times),
        due=due,
        received_at=document["received_at"],
        waits_since=times["paused_at"],
        assignee=StaffRef(**assignee) if assignee else None,
    )
