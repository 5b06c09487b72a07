"""Tickets of the past are put there once, under numbers kept for them, and found like all others."""

from __future__ import annotations

from chassis.clock import new_id, now
from contracts.tickets import Priority
from services.tickets.domain.registration import register
from services.tickets.domain.ticket import Ticket
from services.tickets.store import Shelf
from tests.contract.tickets.conftest import ZONE, Desk, submitted


async def _past(desk: Desk, number: int) -> Ticket:
    plan = await desk.plans.of(None)
    ticket = register(submitted(title="Шуршит"), ticket_id=new_id(), number=number, at=now(), plan=plan)
    ticket.take_events()
    assert ticket.priority is Priority.NORMAL
    return ticket


async def test_what_is_put_twice_is_there_once_without_events(desk: Desk) -> None:
    number = 10**6
    ticket, shelf = await _past(desk, number), Shelf(desk.kept, ZONE)
    for _ in range(2):
        await shelf.put([ticket])
    assert (await desk("GET", f"/tickets/{number}")).body["title"] == "Шуршит"
    found = (await desk("GET", "/tickets?q=шуршит")).body["items"]
    assert [one["number"] for one in found] == [number]
    assert await desk.events(number) == []


async def test_numbers_are_kept_only_where_none_was_given(desk: Desk) -> None:
    shelf = Shelf(desk.kept, ZONE)
    number = await desk.receive()
    await shelf.reserve(500)
    assert await shelf.wanted() == 0
    assert await desk.receive() == number + 1
