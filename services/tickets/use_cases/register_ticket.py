"""A submission arrived."""

from __future__ import annotations

from datetime import datetime

from chassis.clock import new_id
from contracts.intake import SubmissionReceived
from services.tickets.domain.registration import register
from services.tickets.domain.sla import DEFAULT_PLAN
from services.tickets.domain.storage import MergedStorage, TicketStorage


async def register_ticket(
    tickets: TicketStorage, merged_people: MergedStorage, submission: SubmissionReceived, at: datetime
) -> None:
    """Give it a number and a clock, once for each submission id however often it comes."""
    if person := await merged_people.find(submission.requester.person.id):
        requester = submission.requester.model_copy(update={"person": person})
        submission = submission.model_copy(update={"requester": requester})
    number = await tickets.next_number()
    ticket = register(submission, ticket_id=new_id(), number=number, at=at, plan=DEFAULT_PLAN)
    events = ticket.take_events()
    await tickets.add(ticket, events)
