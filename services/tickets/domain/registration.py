"""A submission becomes a ticket."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.intake import SubmissionReceived
from contracts.people import Author
from contracts.tickets import Priority, TicketRegistered
from services.tickets.domain.plan import Plan
from services.tickets.domain.promise import promise, watched
from services.tickets.domain.sla import Clock
from services.tickets.domain.ticket import Ticket


def register(
    submission: SubmissionReceived, *, ticket_id: UUID, number: int, at: datetime, plan: Plan
) -> Ticket:
    """The clock starts when the submission was received, however late we come to it."""
    clock = Clock(started_at=submission.received_at)
    promised, _ = watched(promise(plan, Priority.NORMAL, clock), clock, clock.started_at)
    ticket = Ticket(
        id=ticket_id,
        number=number,
        submission_id=submission.submission_id,
        channel=submission.channel,
        title=submission.title,
        description=submission.description,
        diagnostics=submission.diagnostics,
        files=submission.files,
        person=submission.requester.person,
        company=submission.requester.company,
        received_at=submission.received_at,
        registered_at=at,
        updated_at=at,
        clock=clock,
        reaction_due=promised.reaction_due,
        resolution_due=promised.resolution_due,
        promise=promised,
    )
    person = submission.requester.person
    ticket.announce(TicketRegistered, Author(kind="person", id=person.id, full_name=person.full_name))
    return ticket
