"""The routes of tickets; all for staff."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.principal import Staff
from contracts.tickets_http import EntryCorrection, NewEntry, TicketPatch
from services.tickets.api.answers import json_answer
from services.tickets.api.clock_view import clock_view
from services.tickets.api.parameters import FromPosition, Key, Number, Version, WantedList, cursor_of
from services.tickets.domain.errors import TicketNotFoundError
from services.tickets.domain.ticket import Ticket
from services.tickets.store import Colleagues, Tickets
from services.tickets.store.documents import to_document, to_view
from services.tickets.use_cases import change_ticket

router = APIRouter()


def _tickets(request: Request) -> Tickets:
    return request.app.state.tickets  # type: ignore[no-any-return]


def _colleagues(request: Request) -> Colleagues:
    return request.app.state.colleagues  # type: ignore[no-any-return]


TicketsStore = Annotated[Tickets, Depends(_tickets)]
ColleaguesStore = Annotated[Colleagues, Depends(_colleagues)]


@router.get("/tickets")
async def list_tickets(wanted: WantedList, position: FromPosition, tickets: TicketsStore) -> Response:
    items, more = await tickets.rows(wanted, position, now())
    return json_answer({"items": items, "next": cursor_of(more)})


@router.get("/tickets/{number}")
async def get_ticket(number: Number, staff: Staff, tickets: TicketsStore) -> Response:
    view = await tickets.view(number, now())
    if not staff.may_see_company(view["company"]["id"]):
        raise TicketNotFoundError
    return json_answer(view, version=view["version"])


@router.patch("/tickets/{number}")
async def patch_ticket(
    number: Number,
    patch: TicketPatch,
    staff: Staff,
    version: Version,
    tickets: TicketsStore,
    colleagues: ColleaguesStore,
) -> Response:
    return _answer(
        await change_ticket.change_fields(tickets, colleagues, number, patch, staff, now(), version)
    )


@router.post("/tickets/{number}/entries")
async def post_entry(
    number: Number, entry: NewEntry, staff: Staff, key: Key, tickets: TicketsStore
) -> Response:
    return _answer(await change_ticket.log_entry(tickets, number, entry, staff, now(), key), status=201)


@router.patch("/tickets/{number}/entries/{entry_id}")
async def patch_entry(
    number: Number, entry_id: UUID, correction: EntryCorrection, staff: Staff, tickets: TicketsStore
) -> Response:
    return _answer(await change_ticket.correct_entry(tickets, number, entry_id, correction, staff, now()))


@router.get("/tickets/{number}/sla")
async def get_clock(number: Number, staff: Staff, tickets: TicketsStore) -> Response:
    ticket = await change_ticket.find_ticket(tickets, number, staff)
    return json_answer(clock_view(ticket, now()))


def _answer(ticket: Ticket, status: int = 200) -> Response:
    view = to_view({"_id": ticket.id, **to_document(ticket)}, now())
    return json_answer(view, status=status, version=ticket.version)
