"""Tickets in the order of their numbers, told once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection, Document
from chassis.outbox import with_outbox
from contracts.history import HistoryTold
from services.tickets.domain.ticket import Ticket
from services.tickets.store.documents import to_ticket


async def some_with_numbers(
    tickets: Collection, numbers: Document, query: Document, limit: int
) -> list[Ticket]:
    found = tickets.find({"number": numbers, **query}, {"words": 0}).sort("number", ASCENDING).limit(limit)
    return [to_ticket(document) async for document in found]


async def queue_histories(tickets: Collection, histories: Sequence[HistoryTold], at: datetime) -> None:
    updates = [
        UpdateOne({"_id": told.ticket.id, "version": told.ticket.version}, with_outbox({}, [told], at))
        for told in histories
    ]
    if updates:
        await tickets.bulk_write(updates, ordered=False)
