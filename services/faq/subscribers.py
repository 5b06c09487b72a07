"""What faq hears."""

from __future__ import annotations

from typing import Annotated

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from chassis.clock import now
from contracts.categories import CategorySaved
from contracts.envelope import Envelope
from contracts.queues import FAQ_ON_CATEGORY_SAVED
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.follow_categories import hear_category

router = RabbitRouter()
HEARD = (FAQ_ON_CATEGORY_SAVED,)
TheFaq = Annotated[FaqStorage, Store("faq")]


@router.subscriber(listen(FAQ_ON_CATEGORY_SAVED))
async def on_category_saved(event: Envelope[CategorySaved], faq: TheFaq) -> None:
    await hear_category(faq, event.data, now())
