"""What happens by time alone: targets are warned of and missed, and what is solved is closed."""

from __future__ import annotations

from datetime import datetime

from chassis.clock import new_id
from contracts.people import Author
from contracts.tickets import Status
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.storage import PlanStorage, TicketStorage
from services.tickets.use_cases.change_ticket import plan_of

_SYSTEM = Author(kind="system", full_name="")


async def tell_deadlines(tickets: TicketStorage, at: datetime) -> int:
    """Returns how many tickets said something. May come late, be cut off, and be done by several at once.

    The mark that it was told is in the ticket's own document, written together with the event.
    """
    told = 0
    while found := await tickets.to_look_at(at):
        settled = 0
        for ticket in found:
            ticket.watch(at)
            try:
                settled += await tickets.save_watched(ticket, ticket.take_events())
            except ConflictError:
                continue
        told += settled
        if not settled:
            return told
    return told


async def close_silent(tickets: TicketStorage, plans: PlanStorage, before: datetime, at: datetime) -> int:
    """Close what was solved and of which nobody has said anything since `before`."""
    closed = 0
    while found := await tickets.silent_since(before):
        settled = 0
        for ticket in found:
            plan = await plan_of(plans, ticket)
            ticket.change({"status": Status.CLOSED}, _SYSTEM, at, plan, new_id())
            try:
                await tickets.save(ticket, ticket.take_events())
            except ConflictError:
                continue
            settled += 1
        closed += settled
        if not settled:
            return closed
    return closed
