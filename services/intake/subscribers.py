"""What intake hears."""

from __future__ import annotations

from typing import Annotated

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from contracts.clients import PersonMerged
from contracts.envelope import Envelope
from contracts.queues import INTAKE_ON_PERSON_MERGED, INTAKE_ON_TICKET
from contracts.tickets import TicketEvent, TicketMerged
from services.intake.domain.storage import SubmissionStorage
from services.intake.use_cases.follow_ticket import follow_ticket

router = RabbitRouter()
HEARD = (INTAKE_ON_TICKET, INTAKE_ON_PERSON_MERGED)


@router.subscriber(listen(INTAKE_ON_TICKET))
async def on_ticket(
    event: Envelope[TicketMerged | TicketEvent],
    submissions: Annotated[SubmissionStorage, Store("submissions")],
) -> None:
    await follow_ticket(submissions, event.data, event.id, event.time)


@router.subscriber(listen(INTAKE_ON_PERSON_MERGED))
async def on_person_merged(
    event: Envelope[PersonMerged], submissions: Annotated[SubmissionStorage, Store("submissions")]
) -> None:
    await submissions.hand_over(event.data.id, event.data.into)
