"""A specialist finds that two tickets are one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.merging import merge, point_on
from services.tickets.domain.storage import TicketStorage
from services.tickets.domain.ticket import Ticket
from services.tickets.use_cases.change_ticket import author_of, find_ticket

_TRIES = 5
_LONGEST_WAY = 20


async def merge_tickets(
    tickets: TicketStorage, number: int, into: int, staff: Principal, at: datetime, entry_id: UUID
) -> Ticket:
    """The ticket that has all of both; the same again changes nothing. Raises RuleError, ConflictError."""
    for _ in range(_TRIES):
        source, target = await find_ticket(tickets, number, staff), await find_ticket(tickets, into, staff)
        if source.merged_into == target.number:
            return target
        pointing = await tickets.merged_into(source.number)
        merge(source, target, author_of(staff), at, entry_id)
        point_on(pointing, target, author_of(staff), at, entry_id)
        try:
            await tickets.save_both(*((one, one.take_events()) for one in (target, source, *pointing)))
        except ConflictError:
            continue
        return target
    raise ConflictError


async def where_it_went(tickets: TicketStorage, ticket: Ticket) -> Ticket:
    """The ticket itself, or the one that has all it had."""
    for _ in range(_LONGEST_WAY):
        if ticket.merged_into is None:
            break
        ticket = await tickets.get(ticket.merged_into)
    return ticket
