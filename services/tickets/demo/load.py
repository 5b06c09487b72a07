"""Writes the history as the public ways would have left it: the same documents, whose events are past."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from services.tickets.demo.life import Life
from services.tickets.demo.town import Town
from services.tickets.demo.year import Arrival, arrivals
from services.tickets.domain.plan import Plan
from services.tickets.domain.storage import PlanStorage
from services.tickets.domain.ticket import Ticket

_BATCH = 200
_SEED = 20261123


class Shelf(Protocol):
    """Where past tickets are put."""

    async def put(self, tickets: list[Ticket]) -> None:
        """Without events; those there are already stay."""


async def load_year(
    shelf: Shelf, plans: PlanStorage, town: Town, count: int, until: datetime, zone: ZoneInfo
) -> AsyncIterator[int]:
    """Numbers 1 to `count`; tells how many there are so far. Begun again, it fills in what is missing."""
    year = Year(plans, town, arrivals(town, count, until, zone, random.Random(_SEED)), until, zone)  # noqa: S311
    batch: list[Ticket] = []
    done = 0
    async for tickets in year.tickets():
        batch += tickets
        if len(batch) >= _BATCH:
            await shelf.put(batch)
            done, batch = done + len(batch), []
            yield done
    await shelf.put(batch)
    yield done + len(batch)


class Year:
    """Each ticket lives by chance of its own, so that one may be left out and the others stay the same."""

    def __init__(
        self, plans: PlanStorage, town: Town, found: list[Arrival], until: datetime, zone: ZoneInfo
    ) -> None:
        self._plans, self._town, self._found = plans, town, found
        self._until, self._zone = until, zone
        self._known: dict[tuple[UUID, str], Plan] = {}
        self._followers: defaultdict[int, list[int]] = defaultdict(list)
        for place, arrival in enumerate(found):
            if arrival.follows is not None:
                self._followers[arrival.follows].append(place)

    async def tickets(self) -> AsyncIterator[list[Ticket]]:
        """A ticket, or all of an incident."""
        for place, arrival in enumerate(self._found):
            if arrival.follows is None:
                yield await self._lived(place)

    async def _lived(self, place: int) -> list[Ticket]:
        life = await self._born(place)
        life.begin(self._town)
        joined = [(await self._born(other)).join(life) for other in self._followers[place]]
        return [life.go_on(), *joined]

    async def _born(self, place: int) -> Life:
        arrival = self._found[place]
        rnd = random.Random(f"{_SEED}/{place}")  # noqa: S311 - a history, not a secret
        return Life(place + 1, arrival, await self._plan(arrival), self._until, rnd)

    async def _plan(self, arrival: Arrival) -> Plan:
        day = arrival.at.astimezone(self._zone).date()
        key = (arrival.client.company.id, day.isoformat()[:7])
        if key not in self._known:
            self._known[key] = await self._plans.holding(key[0], day)
        return self._known[key]
