"""A search that found nothing is counted and told; what the same caller was still typing counts once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.clock import new_id
from services.faq.domain.missed import STILL_TYPING, Missed
from services.faq.domain.storage import MissStorage


async def count_miss(misses: MissStorage, query: str, caller: UUID, at: datetime) -> None:
    last = await misses.last_of(caller, at - STILL_TYPING)
    if last and (longer := last.typed_on(query, at)):
        await misses.save(longer, longer.event())
    else:
        missed = Missed(id=new_id(), query=query, caller=caller, at=at)
        await misses.add(missed, missed.event())
