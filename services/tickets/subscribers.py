"""What tickets hears."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from chassis.clock import now
from contracts.clients import CompanySaved, PersonMerged
from contracts.envelope import Envelope
from contracts.equipment import EquipmentSaved
from contracts.gateway import StaffSaved
from contracts.history import RebuildWanted
from contracts.intake import SubmissionRated, SubmissionReceived, SubmissionReopened, SubmissionReplied
from contracts.queues import (
    TICKETS_ON_COMPANY_SAVED,
    TICKETS_ON_CONTRACT_SAVED,
    TICKETS_ON_EQUIPMENT_SAVED,
    TICKETS_ON_PERSON_MERGED,
    TICKETS_ON_REBUILD_WANTED,
    TICKETS_ON_STAFF_SAVED,
    TICKETS_ON_SUBMISSION_RATED,
    TICKETS_ON_SUBMISSION_RECEIVED,
    TICKETS_ON_SUBMISSION_REOPENED,
    TICKETS_ON_SUBMISSION_REPLIED,
)
from contracts.terms import ContractSaved
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.domain.storage import (
    ColleagueStorage,
    EquipmentStorage,
    MergedStorage,
    PlanStorage,
    TellingStorage,
    TicketStorage,
)
from services.tickets.use_cases.assign_by_rule import Assigning
from services.tickets.use_cases.hear_requester import hear_rating, hear_reopening, hear_reply
from services.tickets.use_cases.merge_person import merge_person
from services.tickets.use_cases.register_ticket import register_ticket
from services.tickets.use_cases.replan import hear_contract

router = RabbitRouter()
HEARD = (
    TICKETS_ON_SUBMISSION_RECEIVED,
    TICKETS_ON_SUBMISSION_REPLIED,
    TICKETS_ON_SUBMISSION_REOPENED,
    TICKETS_ON_SUBMISSION_RATED,
    TICKETS_ON_STAFF_SAVED,
    TICKETS_ON_EQUIPMENT_SAVED,
    TICKETS_ON_PERSON_MERGED,
    TICKETS_ON_CONTRACT_SAVED,
    TICKETS_ON_REBUILD_WANTED,
    TICKETS_ON_COMPANY_SAVED,
)
# A reply may overtake its submission by as much as is waiting in that one's queue.
TOO_EARLY = (TicketNotFoundError,)
TicketsStore = Annotated[TicketStorage, Store("tickets")]
ColleaguesStore = Annotated[ColleagueStorage, Store("colleagues")]
MergedStore = Annotated[MergedStorage, Store("merged_people")]
PlansStore = Annotated[PlanStorage, Store("plans")]
TellingsStore = Annotated[TellingStorage, Store("tellings")]
TheAssigning = Annotated[Assigning, Store("assigning")]
Zone = Annotated[ZoneInfo, Store("zone")]
EquipmentStore = Annotated[EquipmentStorage, Store("equipment")]


@router.subscriber(listen(TICKETS_ON_SUBMISSION_RECEIVED))
async def on_submission_received(
    event: Envelope[SubmissionReceived],
    tickets: TicketsStore,
    merged_people: MergedStore,
    plans: PlansStore,
    zone: Zone,
    assigning: TheAssigning,
) -> None:
    await register_ticket(tickets, merged_people, plans, event.data, zone, now(), assigning)


@router.subscriber(listen(TICKETS_ON_SUBMISSION_REPLIED))
async def on_submission_replied(
    event: Envelope[SubmissionReplied], tickets: TicketsStore, plans: PlansStore
) -> None:
    await hear_reply(tickets, plans, event.data)


@router.subscriber(listen(TICKETS_ON_SUBMISSION_REOPENED))
async def on_submission_reopened(
    event: Envelope[SubmissionReopened], tickets: TicketsStore, plans: PlansStore
) -> None:
    await hear_reopening(tickets, plans, event.data)


@router.subscriber(listen(TICKETS_ON_SUBMISSION_RATED))
async def on_submission_rated(
    event: Envelope[SubmissionRated], tickets: TicketsStore, plans: PlansStore
) -> None:
    await hear_rating(tickets, plans, event.data)


@router.subscriber(listen(TICKETS_ON_STAFF_SAVED))
async def on_staff_saved(event: Envelope[StaffSaved], colleagues: ColleaguesStore) -> None:
    await colleagues.save(event.data)


@router.subscriber(listen(TICKETS_ON_COMPANY_SAVED))
async def on_company_saved(event: Envelope[CompanySaved], assigning: TheAssigning) -> None:
    await assigning.rules.hear_company(event.data)


@router.subscriber(listen(TICKETS_ON_EQUIPMENT_SAVED))
async def on_equipment_saved(event: Envelope[EquipmentSaved], equipment: EquipmentStore) -> None:
    await equipment.save(event.data)


@router.subscriber(listen(TICKETS_ON_PERSON_MERGED))
async def on_person_merged(
    event: Envelope[PersonMerged], tickets: TicketsStore, merged_people: MergedStore, plans: PlansStore
) -> None:
    await merge_person(tickets, merged_people, plans, event.data, now())


@router.subscriber(listen(TICKETS_ON_CONTRACT_SAVED))
async def on_contract_saved(
    event: Envelope[ContractSaved], tickets: TicketsStore, plans: PlansStore, zone: Zone
) -> None:
    await hear_contract(tickets, plans, event.data, zone, now())


@router.subscriber(listen(TICKETS_ON_REBUILD_WANTED))
async def on_rebuild_wanted(event: Envelope[RebuildWanted], tellings: TellingsStore) -> None:
    await tellings.begin(event.data.id, now())
