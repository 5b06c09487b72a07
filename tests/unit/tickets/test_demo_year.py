"""The demo's year is one that the rules of tickets allow, and that reports have something to show of."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.tickets import Status
from services.tickets.demo.load import Year
from services.tickets.demo.town import Client, Town
from services.tickets.demo.year import arrivals
from services.tickets.domain.plan import DEFAULT_PLAN, Plan
from services.tickets.domain.storage import PlanStorage
from services.tickets.domain.ticket import Ticket

_COUNT = 400
_ZONE = ZoneInfo("Europe/Moscow")
_UNTIL = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _id(name: str) -> UUID:
    return uuid5(UUID(int=3), name)


class _Plans:
    async def holding(self, _company: UUID, _day: date) -> Plan:
        return DEFAULT_PLAN


def _client(number: int) -> Client:
    kinds = ("printer", "server", "router", "workstation", "access_point")
    return Client(
        company=CompanyRef(id=_id(f"c{number}"), name=f"Компания {number}"),
        people=[PersonRef(id=_id(f"p{number}/{one}"), full_name=f"Сотрудник {one}") for one in range(9)],
        pieces={kind: [EquipmentRef(id=_id(f"e{kind}{number}"), name=kind)] for kind in kinds},
    )


def _town() -> Town:
    return Town(
        clients=[_client(number) for number in range(5)],
        staff=[StaffRef(id=_id(f"s{one}"), full_name=f"Специалист {one}") for one in range(4)],
        dispatcher=StaffRef(id=_id("d"), full_name="Диспетчер"),
        categories={},
    )


async def _year() -> Sequence[Ticket]:
    town = _town()
    found = arrivals(town, _COUNT, _UNTIL, _ZONE, random.Random(1))
    year = Year(cast(PlanStorage, _Plans()), town, found, _UNTIL, _ZONE)
    return [ticket async for some in year.tickets() for ticket in some]


async def test_every_number_is_there_once_in_the_order_of_time() -> None:
    tickets = sorted(await _year(), key=lambda ticket: ticket.number)
    assert [ticket.number for ticket in tickets] == list(range(1, _COUNT + 1))
    received = [ticket.received_at for ticket in tickets]
    assert received == sorted(received)
    assert received[-1] < _UNTIL


async def test_the_same_year_is_the_same_again() -> None:
    first, again = await _year(), await _year()
    assert [ticket.model_dump() for ticket in first] == [ticket.model_dump() for ticket in again]


async def test_nothing_happens_after_today_and_minutes_are_those_of_the_log() -> None:
    for ticket in await _year():
        assert all(entry.at <= _UNTIL for entry in ticket.entries)
        assert ticket.minutes == sum(entry.minutes or 0 for entry in ticket.entries)
        assert ticket.version >= 1
        assert ticket.take_events() == []


async def test_there_is_something_to_report() -> None:
    tickets = await _year()
    counted = Counter(ticket.status for ticket in tickets)
    assert counted[Status.CLOSED] > _COUNT / 2
    assert counted[Status.MERGED]
    assert len({ticket.assignee.id for ticket in tickets if ticket.assignee}) == 4
    assert any(ticket.additional_minutes for ticket in tickets)
    assert any(ticket.rating for ticket in tickets)
    assert any(ticket.breach_reason for ticket in tickets)
