"""A specialist changes several tickets at once: each for itself, so that one refusal holds no other up."""

from __future__ import annotations

import asyncio
from datetime import datetime
from uuid import UUID, uuid5

from chassis.principal import Principal
from contracts.bulk_http import BulkAnswer, BulkChange, BulkOutcome
from services.tickets.domain.errors import ConflictError, RuleError, TicketNotFoundError
from services.tickets.domain.storage import Mirrors, TicketStorage
from services.tickets.use_cases.change_ticket import change_fields

_AT_ONCE = 8


async def change_several(
    tickets: TicketStorage, mirrors: Mirrors, wanted: BulkChange, staff: Principal, at: datetime, key: UUID
) -> BulkAnswer:
    """The same `key` again changes nothing that it has changed already, whatever happened since."""
    room = asyncio.Semaphore(_AT_ONCE)

    async def change(number: int) -> BulkOutcome:
        async with room:
            entry_id = uuid5(key, str(number))
            try:
                ticket = await change_fields(
                    tickets, mirrors, number, wanted.change, staff, at, None, entry_id=entry_id
                )
            except TicketNotFoundError:
                return BulkOutcome(number=number, status=404, detail="There is no such ticket.")
            except ConflictError:
                return BulkOutcome(number=number, status=409, detail="Somebody is changing it just now.")
            except RuleError as error:
                return BulkOutcome(number=number, status=422, field=error.field, detail=error.message)
            return BulkOutcome(number=number, status=200, version=ticket.version)

    items = await asyncio.gather(*(change(number) for number in dict.fromkeys(wanted.numbers)))
    return BulkAnswer(changed=sum(one.status == 200 for one in items), items=list(items))
