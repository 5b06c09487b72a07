"""What clients hears."""

from __future__ import annotations

from typing import Annotated

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from contracts.envelope import Envelope
from contracts.plans import PlanSaved
from contracts.queues import CLIENTS_ON_PLAN_SAVED
from services.clients.domain.storage import PlanStorage

router = RabbitRouter()
HEARD = (CLIENTS_ON_PLAN_SAVED,)


@router.subscriber(listen(CLIENTS_ON_PLAN_SAVED))
async def on_plan_saved(event: Envelope[PlanSaved], plans: Annotated[PlanStorage, Store("plans")]) -> None:
    await plans.save(event.data)
