"""A person was entered twice: the tickets of the one are the other's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.clock import new_id
from contracts.clients import PersonMerged
from contracts.people import Author, PersonRef
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.storage import MergedStorage, PlanStorage, TicketStorage
from services.tickets.use_cases.change_ticket import plan_of

_LONGEST_WAY = 10
_SYSTEM = Author(kind="system", full_name="")


async def merge_person(
    tickets: TicketStorage,
    merged_people: MergedStorage,
    plans: PlanStorage,
    merged: PersonMerged,
    at: datetime,
) -> None:
    """Harmless again, and after being cut off: a ticket that was changed is not found any more.

    It is remembered first, for tickets that are registered while this goes on, or later. News of two people
    may come in either order, so that whom it leads to may be somebody else by now.
    """
    await merged_people.save(merged)
    who = merged.id
    for _ in range(_LONGEST_WAY):
        if (into := await merged_people.find(who)) is None:
            return
        await _hand_over(tickets, plans, who, into, at)
        who = into.id


async def _hand_over(
    tickets: TicketStorage, plans: PlanStorage, who: UUID, into: PersonRef, at: datetime
) -> None:
    while found := await tickets.some_of(who):
        for ticket in found:
            plan = await plan_of(plans, ticket)
            ticket.change({"person": into}, _SYSTEM, at, plan, new_id())
            try:
                await tickets.save(ticket, ticket.take_events())
            except ConflictError:
                continue
