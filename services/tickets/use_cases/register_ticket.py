"""A submission arrived."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from chassis.clock import new_id
from contracts.intake import SubmissionReceived
from services.tickets.domain.registration import register
from services.tickets.domain.storage import MergedStorage, PlanStorage, TicketStorage
from services.tickets.use_cases.assign_by_rule import Assigning, assign_new
from services.tickets.use_cases.link_tickets import link_to_source


async def register_ticket(
    tickets: TicketStorage,
    merged_people: MergedStorage,
    plans: PlanStorage,
    submission: SubmissionReceived,
    zone: ZoneInfo,
    at: datetime,
    assigning: Assigning | None = None,
) -> None:
    """Give it a number, a clock and, if the rules say so, an assignee: once for each submission id."""
    if person := await merged_people.find(submission.requester.person.id):
        requester = submission.requester.model_copy(update={"person": person})
        submission = submission.model_copy(update={"requester": requester})
    day = submission.received_at.astimezone(zone).date()
    plan = await plans.holding(submission.requester.company.id, day)
    number = await tickets.next_number()
    ticket = register(submission, ticket_id=new_id(), number=number, at=at, plan=plan)
    if assigning:
        await assign_new(tickets, assigning, ticket, plan, at)
    events = ticket.take_events()
    await tickets.add(ticket, events)
    await link_to_source(tickets, submission, at)
