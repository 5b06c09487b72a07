"""A submission arrived."""

from __future__ import annotations

from datetime import datetime

from chassis.clock import new_id
from contracts.intake import SubmissionReceived
from services.tickets.domain.registration import register
from services.tickets.domain.sla import DEFAULT_PLAN
from services.tickets.domain.storage import TicketStorage


async def register_ticket(tickets: TicketStorage, submission: SubmissionReceived, at: datetime) -> None:
    """Give it a number and a clock, once for each submission id however often it comes."""
    number = await tickets.next_number()
    ticket = register(submission, ticket_id=new_id(), number=number, at=at, plan=DEFAULT_PLAN)
    events = ticket.take_events()
    await tickets.add(ticket, events)
