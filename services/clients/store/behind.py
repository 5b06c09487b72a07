"""Whose change their devices have not all been told yet: a mark in the changed document, on a small index."""

from __future__ import annotations

from typing import TypeVar

from pymongo import ASCENDING

from chassis.mongo import Collection
from services.clients.domain.company import Company
from services.clients.domain.person import Person
from services.clients.store.aggregates import UNREAD, Aggregates

_BATCH = 20
_MARKED = {"devices_behind": {"$gt": 0}}
TellerT = TypeVar("TellerT", Company, Person)


async def prepare_behind(collection: Collection) -> None:
    await collection.create_index(
        [("devices_behind", ASCENDING)], partialFilterExpression=_MARKED, name="devices_behind"
    )


async def find_behind(tellers: Aggregates[TellerT]) -> list[TellerT]:
    found = await tellers.collection.find(_MARKED, UNREAD).limit(_BATCH).to_list()
    return [tellers.restore(document) for document in found]


async def mark_caught_up(tellers: Aggregates[TellerT], teller: TellerT) -> None:
    """Only if it is still that change: a later one has set a mark of its own."""
    told = {"_id": teller.id, "devices_behind": teller.devices_behind}
    await tellers.collection.update_one(told, {"$set": {"devices_behind": None}})
