"""A plan changed, or which one holds for a company: open tickets get their deadlines anew."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from chassis.clock import new_id
from contracts.terms import ContractSaved
from services.tickets.domain.errors import ConflictError
from services.tickets.domain.plan import Plan
from services.tickets.domain.storage import PlanStorage, TicketStorage
from services.tickets.domain.ticket import Ticket


async def hear_contract(
    tickets: TicketStorage, plans: PlanStorage, contract: ContractSaved, zone: ZoneInfo, at: datetime
) -> None:
    """Harmless again, and after being cut off: a ticket that has its plan is left alone."""
    await plans.hear_contract(contract)
    number = 0
    while found := await tickets.open_after(contract.company_id, number):
        for ticket in found:
            number = ticket.number
            plan = await plans.holding(ticket.company.id, ticket.received_at.astimezone(zone).date())
            if ticket.promise is None or ticket.promise.plan.id != plan.id:
                await _replan(tickets, ticket, plan, at)


async def wind_anew(tickets: TicketStorage, plans: PlanStorage, at: datetime) -> int:
    """Open tickets that were wound by an older version of their plan; returns how many there were.

    May be cut off anywhere and be done by several at once: what was wound is not found any more.
    """
    wound = 0
    for plan in await plans.all():
        while found := await tickets.behind(plan.id, plan.version):
            settled = sum([await _replan(tickets, ticket, plan, at) for ticket in found])
            wound += settled
            if not settled:
                break
    return wound


async def _replan(tickets: TicketStorage, ticket: Ticket, plan: Plan, at: datetime) -> bool:
    ticket.replan(plan, at, new_id())
    try:
        await tickets.save(ticket, ticket.take_events())
    except ConflictError:
        # Somebody is at it; it is found again if they had not the newest plan.
        return False
    return True
