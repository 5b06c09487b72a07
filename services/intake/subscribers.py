"""What intake hears."""

from __future__ import annotations

from typing import Annotated

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from contracts.envelope import Envelope
from contracts.queues import INTAKE_ON_TICKET
from contracts.tickets import TicketEvent
from services.intake.domain.storage import SubmissionStorage
from services.intake.use_cases.follow_ticket import follow_ticket

router = RabbitRouter()
HEARD = (INTAKE_ON_TICKET,)


@router.subscriber(listen(INTAKE_ON_TICKET))
async def on_ticket(
    event: Envelope[TicketEvent], submissions: Annotated[SubmissionStorage, Store("submissions")]
) -> None:
    await follow_ticket(submissions, event.data, event.id, event.time)
