"""A submission arrived."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from chassis.clock import new_id
from contracts.intake import SubmissionReceived
from services.tickets.domain.registration import register
from services.tickets.domain.storage import MergedStorage, PlanStorage, TicketStorage


async def register_ticket(
    tickets: TicketStorage,
    merged_people: MergedStorage,
    plans: PlanStorage,
    submission: SubmissionReceived,
    zone: ZoneInfo,
    at: datetime,
) -> None:
    """Give it a number and a clock, once for each submission id however often it comes."""
    if person := await merged_people.find(submission.requester.person.id):
        requester = submission.requester.model_copy(update={"person": person})
        submission = submission.model_copy(update={"requester": requester})
    day = submission.received_at.astimezone(zone).date()
    plan = await plans.holding(submission.requester.company.id, day)
    number = await tickets.next_number()
    ticket = register(submission, ticket_id=new_id(), number=number, at=at, plan=plan)
    events = ticket.take_events()
    await tickets.add(ticket, events)
