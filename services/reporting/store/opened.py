"""What is open now, in groups."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.mongo import Collection
from services.reporting.domain.asked import Asked
from services.reporting.domain.reports.backlog import AGES, OpenGroup
from services.reporting.store.queries import limited


async def open_groups(tickets: Collection, asked: Asked, at: datetime) -> list[OpenGroup]:
    received = "$state.received_at"
    branches = [
        {"case": {"$gte": [received, at - timedelta(days)]}, "then": age}
        for age, days in AGES
        if days is not None
    ]
    age = {"$switch": {"branches": branches, "default": AGES[-1][0]}}
    key = {"status": "$facts.status", "staff": "$facts.staff", "age": age}
    pipeline: list[dict[str, Any]] = [
        {"$match": {**limited(asked), "facts.ended": None, "state": {"$ne": None}}},
        {"$group": {"_id": key, "tickets": {"$sum": 1}, "oldest_at": {"$min": received}}},
    ]
    found = await tickets.aggregate(pipeline)
    return [
        OpenGroup(**group["_id"], tickets=group["tickets"], oldest_at=group["oldest_at"])
        async for group in found
    ]
