"""Events wait inside the document they belong to, written by the same atomic write as the change itself.

`outbox` holds them in order, `outbox_since` when the oldest came; the relay publishes and removes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING

from chassis.clock import new_id
from chassis.mongo import Collection, Document
from chassis.tracing import traceparent
from contracts.envelope import Event, envelop

_SINCE_INDEX = "outbox_since"


async def ensure_outbox_index(collection: Collection) -> None:
    """Sparse: it holds only documents with something to publish, so the relay's look costs nothing."""
    await collection.create_index([("outbox_since", ASCENDING)], name=_SINCE_INDEX, sparse=True)


def outbox_fields(events: Sequence[Event], at: datetime) -> Document:
    """What a new document carries so that its events go out."""
    return {"outbox": [_pending(event, at) for event in events], "outbox_since": at} if events else {}


def with_outbox(update: Document, events: Sequence[Event], at: datetime) -> Document:
    """A MongoDB update that also queues the events behind those already waiting in the document."""
    if not events:
        return update
    queued = {"outbox": {"$each": [_pending(event, at) for event in events]}}
    return {
        **update,
        "$push": {**update.get("$push", {}), **queued},
        "$min": {**update.get("$min", {}), "outbox_since": at},
    }


def _pending(event: Event, at: datetime) -> dict[str, Any]:
    envelope = envelop(event, event_id=new_id(), time=at, traceparent=traceparent())
    return {
        "id": envelope.id,
        "type": envelope.type,
        "traceparent": envelope.traceparent,
        "body": envelope.model_dump_json(exclude_none=False).encode(),
    }
