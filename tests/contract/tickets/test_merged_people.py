"""Tickets of somebody who was entered twice become the other one's, in whatever order one hears of it."""

from __future__ import annotations

from itertools import permutations
from uuid import UUID

import pytest

from chassis.clock import new_id, now
from contracts.clients import PersonMerged
from contracts.intake import Requester
from contracts.people import CompanyRef, PersonRef
from services.tickets.use_cases.merge_person import merge_person
from tests.contract.tickets.conftest import COMPANY, Desk


def _somebody(name: str) -> PersonRef:
    return PersonRef(id=new_id(), full_name=name)


def _merged(source: PersonRef, into: PersonRef, version: int = 2) -> PersonMerged:
    return PersonMerged(id=source.id, version=version, company_id=COMPANY, into=into)


async def _receive(desk: Desk, person: PersonRef) -> int:
    requester = Requester(person=person, company=CompanyRef(id=COMPANY, name="ООО «Ромашка»"))
    return await desk.receive(requester=requester)


async def _numbers_of(desk: Desk, person: UUID) -> list[int]:
    listed = (await desk("GET", f"/tickets?person={person}&limit=200")).body
    return sorted(item["number"] for item in listed["items"])


async def test_tickets_of_the_one_are_the_others_with_a_line_in_the_log(desk: Desk) -> None:
    twin, person = _somebody("Иванова М."), _somebody("Иванова Мария")
    numbers = [await _receive(desk, twin) for _ in range(25)]
    untouched = await _receive(desk, _somebody("Иванова М."))
    for _ in range(2):
        await merge_person(desk.tickets, desk.merged_people, desk.plans, _merged(twin, person), now())
    assert await _numbers_of(desk, person.id) == numbers
    assert await _numbers_of(desk, twin.id) == []
    ticket = (await desk("GET", f"/tickets/{numbers[0]}")).body
    assert (ticket["version"], ticket["person"]["full_name"]) == (2, "Иванова Мария")
    (entry,) = ticket["entries"]
    assert (entry["author"]["kind"], entry["changes"][0]["field"]) == ("system", "person")
    assert [event["type"] for event in await desk.events(numbers[0])] == [
        "helpdesk.ticket.registered.v1",
        "helpdesk.ticket.changed.v1",
    ]
    assert (await desk("GET", f"/tickets/{untouched}")).body["version"] == 1


async def test_what_was_on_its_way_meanwhile_is_the_others_too(desk: Desk) -> None:
    twin, person = _somebody("Опоздавший"), _somebody("Опоздавший Иван")
    await merge_person(desk.tickets, desk.merged_people, desk.plans, _merged(twin, person), now())
    number = await _receive(desk, twin)
    assert (await desk("GET", f"/tickets/{number}")).body["person"]["id"] == str(person.id)


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_who_was_entered_three_times_is_one_in_whatever_order_one_hears_of_it(
    desk: Desk, order: tuple[int, ...]
) -> None:
    first, second, third = (_somebody(name) for name in ("Первый", "Второй", "Третий"))
    numbers = [await _receive(desk, person) for person in (first, second, third)]
    said = [_merged(first, second), _merged(second, third), _merged(first, third, version=3)]
    for place in order:
        await merge_person(desk.tickets, desk.merged_people, desk.plans, said[place], now())
    assert await _numbers_of(desk, third.id) == numbers
