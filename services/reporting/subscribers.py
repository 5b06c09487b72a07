"""What reporting hears."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from faststream.rabbit import RabbitRouter
from pydantic import BaseModel

from chassis.broker import Store, listen
from contracts.clients import CompanySaved
from contracts.envelope import Envelope
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn, SearchMissed
from contracts.gateway import StaffSaved
from contracts.history import HistoryEnded, HistoryTold
from contracts.queues import (
    REPORTING_ON_ARTICLE,
    REPORTING_ON_COMPANY_SAVED,
    REPORTING_ON_CONTRACT_SAVED,
    REPORTING_ON_HISTORY,
    REPORTING_ON_SEARCH_MISSED,
    REPORTING_ON_STAFF_SAVED,
    REPORTING_ON_TICKET,
)
from contracts.terms import ContractSaved
from contracts.tickets import TicketEvent
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.hear_tickets import hear_history, hear_ticket
from services.reporting.use_cases.rebuild import hear_end

router = RabbitRouter()
HEARD = (
    REPORTING_ON_TICKET,
    REPORTING_ON_HISTORY,
    REPORTING_ON_COMPANY_SAVED,
    REPORTING_ON_STAFF_SAVED,
    REPORTING_ON_CONTRACT_SAVED,
    REPORTING_ON_ARTICLE,
    REPORTING_ON_SEARCH_MISSED,
)
TheArchive = Annotated[ArchiveStorage, Store("archive")]


class _Target(BaseModel):
    id: UUID


class AnyTicketEvent(TicketEvent):
    """Any of them; `into` is said by a merge only."""

    into: _Target | None = None


@router.subscriber(listen(REPORTING_ON_TICKET))
async def on_ticket(event: Envelope[AnyTicketEvent], archive: TheArchive) -> None:
    said = event.data
    await hear_ticket(archive, said.ticket, said.entry, said.into.id if said.into else None)


@router.subscriber(listen(REPORTING_ON_HISTORY))
async def on_history(event: Envelope[HistoryTold] | Envelope[HistoryEnded], archive: TheArchive) -> None:
    if isinstance(event.data, HistoryEnded):
        await hear_end(archive, event.data)
    else:
        await hear_history(archive, event.data)


@router.subscriber(listen(REPORTING_ON_COMPANY_SAVED))
async def on_company_saved(event: Envelope[CompanySaved], archive: TheArchive) -> None:
    await archive.hear_company(event.data)


@router.subscriber(listen(REPORTING_ON_STAFF_SAVED))
async def on_staff_saved(event: Envelope[StaffSaved], archive: TheArchive) -> None:
    await archive.hear_staff(event.data)


@router.subscriber(listen(REPORTING_ON_CONTRACT_SAVED))
async def on_contract_saved(event: Envelope[ContractSaved], archive: TheArchive) -> None:
    await archive.hear_contract(event.data)


AnyArticleEvent = Envelope[ArticleUsed] | Envelope[ArticlePublished] | Envelope[ArticleWithdrawn]


@router.subscriber(listen(REPORTING_ON_ARTICLE))
async def on_article(event: AnyArticleEvent, archive: TheArchive) -> None:
    if isinstance(event.data, ArticleUsed):
        await archive.shelf.hear_use(event.data, event.time)
    else:
        await archive.shelf.hear_article(event.data)


@router.subscriber(listen(REPORTING_ON_SEARCH_MISSED))
async def on_search_missed(event: Envelope[SearchMissed], archive: TheArchive) -> None:
    await archive.shelf.hear_miss(event.data, event.time)
