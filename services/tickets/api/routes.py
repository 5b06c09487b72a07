"""The routes of tickets; all for staff."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.clock import new_id, now
from chassis.parameters import Key, Version, cursor_of
from chassis.principal import Principal, Staff
from contracts.tickets_http import EntryCorrection, Merging, NewEntry, NewLink, TicketPatch
from services.tickets.api.answers import json_answer
from services.tickets.api.clock_view import clock_view
from services.tickets.api.parameters import FromPosition, Number, WantedList
from services.tickets.domain.desk_work import DeskWorkStorage
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.domain.storage import Mirrors, PlanStorage, TicketStorage
from services.tickets.use_cases import change_ticket
from services.tickets.use_cases.keep_drafts import let_go
from services.tickets.use_cases.link_tickets import link_tickets, unlink_tickets
from services.tickets.use_cases.merge_tickets import merge_tickets

router = APIRouter()


async def _tickets(request: Request) -> TicketStorage:
    return request.app.state.tickets  # type: ignore[no-any-return]


async def _mirrors(request: Request) -> Mirrors:
    state = request.app.state
    return Mirrors(state.colleagues, state.equipment, state.plans, state.categories)


TicketsStore = Annotated[TicketStorage, Depends(_tickets)]
TheMirrors = Annotated[Mirrors, Depends(_mirrors)]


async def _plans(request: Request) -> PlanStorage:
    return request.app.state.plans  # type: ignore[no-any-return]


ThePlans = Annotated[PlanStorage, Depends(_plans)]


async def _work(request: Request) -> DeskWorkStorage:
    return request.app.state.work  # type: ignore[no-any-return]


TheDeskWork = Annotated[DeskWorkStorage, Depends(_work)]


@router.get("/tickets")
async def list_tickets(wanted: WantedList, position: FromPosition, tickets: TicketsStore) -> Response:
    items, more = await tickets.rows(wanted, position, now())
    return json_answer({"items": items, "next": cursor_of(more)})


@router.get("/tickets/{number}")
async def get_ticket(number: Number, staff: Staff, tickets: TicketsStore) -> Response:
    view = await tickets.view(number, now())
    if not staff.may_see_company(view["company"]["id"]):
        raise TicketNotFoundError
    return json_answer(await with_links(tickets, view, staff), version=view["version"])


@router.patch("/tickets/{number}")
async def patch_ticket(
    number: Number,
    patch: TicketPatch,
    staff: Staff,
    version: Version,
    tickets: TicketsStore,
    mirrors: TheMirrors,
) -> Response:
    await change_ticket.change_fields(tickets, mirrors, number, patch, staff, now(), version)
    return await ticket_answer(tickets, number, staff)


@router.post("/tickets/{number}/entries")
async def post_entry(
    number: Number,
    entry: NewEntry,
    staff: Staff,
    key: Key,
    tickets: TicketsStore,
    mirrors: TheMirrors,
    work: TheDeskWork,
) -> Response:
    await change_ticket.log_entry(tickets, mirrors, number, entry, staff, now(), key)
    await let_go(work, number, entry.text, staff.id, now())
    return await ticket_answer(tickets, number, staff, status=201)


@router.patch("/tickets/{number}/entries/{entry_id}")
async def patch_entry(
    number: Number,
    entry_id: UUID,
    correction: EntryCorrection,
    staff: Staff,
    version: Version,
    tickets: TicketsStore,
    mirrors: TheMirrors,
) -> Response:
    await change_ticket.correct_entry(tickets, mirrors, number, entry_id, correction, staff, now(), version)
    return await ticket_answer(tickets, number, staff)


@router.post("/tickets/{number}/merge")
async def post_merge(
    number: Number, merging: Merging, staff: Staff, key: Key, tickets: TicketsStore
) -> Response:
    target = await merge_tickets(tickets, number, merging.into, staff, now(), key)
    return await ticket_answer(tickets, target.number, staff)


@router.post("/tickets/{number}/links")
async def post_link(number: Number, new: NewLink, staff: Staff, key: Key, tickets: TicketsStore) -> Response:
    await link_tickets(tickets, number, new.number, staff, now(), key)
    return await ticket_answer(tickets, number, staff)


@router.delete("/tickets/{number}/links/{other}")
async def delete_link(number: Number, other: Number, staff: Staff, tickets: TicketsStore) -> Response:
    await unlink_tickets(tickets, number, other, staff, now(), new_id())
    return await ticket_answer(tickets, number, staff)


@router.get("/tickets/{number}/sla")
async def get_clock(number: Number, staff: Staff, tickets: TicketsStore, plans: ThePlans) -> Response:
    timing = (await change_ticket.find_ticket(tickets, number, staff)).timing
    return json_answer(clock_view(timing, await plans.promised(timing.plan), now()))


async def with_links(tickets: TicketStorage, view: dict[str, Any], staff: Principal) -> dict[str, Any]:
    """What one may not see is not there."""
    if not view["links"]:
        return view
    there = {one["number"]: one for one in await tickets.told_of([one["number"] for one in view["links"]])}
    seen = [
        {**one, "title": other["title"], "status": other["status"]}
        for one in view["links"]
        if (other := there.get(one["number"])) and staff.may_see_company(other["company"]["id"])
    ]
    return {**view, "links": seen}


async def ticket_answer(tickets: TicketStorage, number: int, staff: Principal, status: int = 200) -> Response:
    """The ticket as it is now, with whatever else happened meanwhile."""
    view = await tickets.view(number, now())
    return json_answer(await with_links(tickets, view, staff), status=status, version=view["version"])
