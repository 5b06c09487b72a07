"""What each report costs as the tickets grow: three years of them, five entries of work each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import new_id, now
from chassis.mongo import Collection, connect, database
from contracts.people import EquipmentRef, StaffRef
from contracts.tickets import Priority, Sla, Status, TicketState
from services.reporting.domain.projection import Known, Work
from services.reporting.store import Archive
from services.reporting.store.documents import to_document
from tests.load.measures import Bench
from tests.load.table import Row
from tests.load.wire import Load, get
from tests.load.world import Client

_REACH = "300 ms at 1,000,000"
_REPORTS = ("work", "categories", "effectiveness", "sla", "backlog")
_YEARS = timedelta(days=3 * 365)
_ENTRIES = 5
_BATCH = 1000
_ZONE = ZoneInfo("Europe/Moscow")
_CATEGORIES = [f"Группа {group} / Вид {kind}" for group in range(5) for kind in range(4)]


async def reports(bench: Bench, sizes: Sequence[int]) -> list[Row]:
    """Of all three years, of a year that begins in the middle of a month, and of one company's month."""
    costs: dict[str, list[tuple[int, float]]] = {}
    failures = 0
    for size in sizes:
        await _grown_to(bench, size)
        for work, request in _requests(bench).items():
            outcome = await bench.driver.drive(Load(bench.port, [request], 1, bench.seconds))
            costs.setdefault(work, []).append((size, outcome.percentile(0.5)))
            failures += outcome.failures
    rows = [Row(f"{work}, p50 at 1", _told(told), "", _REACH) for work, told in costs.items()]
    return [replace(rows[0], failures=failures), *rows[1:]]


def _told(told: Sequence[tuple[int, float]]) -> str:
    return "; ".join(f"{size:,}: {cost:.0f} ms" for size, cost in told)


def _requests(bench: Bench) -> dict[str, list[bytes]]:
    today = now().astimezone(_ZONE).date()
    company = bench.world.clients[0].company.id
    periods = {
        "three years": f"from={today - _YEARS}&to={today}",
        "a year": f"from={today - timedelta(400)}&to={today - timedelta(35)}",
        "a company's month": f"from={today - timedelta(30)}&to={today}&company={company}",
    }
    return {
        f"report {report}, {name}": get(f"/api/v1/reports/{report}?{query}", bench.world.api)
        for report in _REPORTS
        for name, query in periods.items()
    }


async def _grown_to(bench: Bench, size: int) -> None:
    """Written past the events, into the projection; the service itself brings its figures into step."""
    client = connect(bench.stack.mongo.url("reporting"))
    try:
        archive = Archive(client, database(client, "reporting"), _ZONE)
        tickets = archive.tickets((await archive.generations()).live)
        there = await tickets.collection.estimated_document_count()
        await _write(tickets.collection, bench, there, size - there)
        # The service that counts is another process: there is nothing to wait for but time.
        while await tickets.changed_since():  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    finally:
        await client.close()


async def _write(collection: Collection, bench: Bench, first: int, count: int) -> None:
    chance, at = random.Random(first), now()
    batch = []
    for known in _tickets(bench.world.clients, bench.world.staff, first, count, at, chance):
        batch.append({"_id": known.id, **to_document(known, _ZONE, at)})
        if len(batch) == _BATCH:
            await collection.insert_many(batch, ordered=False)
            batch = []
    if batch:
        await collection.insert_many(batch, ordered=False)


def _tickets(
    clients: Sequence[Client],
    staff: Sequence[StaffRef],
    first: int,
    count: int,
    until: datetime,
    chance: random.Random,
) -> Iterator[Known]:
    pieces = [EquipmentRef(id=new_id(), name=f"Принтер {number}") for number in range(1000)]
    for number in range(count):
        # As they come in life, and as a rebuild tells them: one day after the other.
        at = until - _YEARS * (1 - number / count)
        state = _state(chance, chance.choice(clients), chance.choice(staff), first + number + 1, at)
        state = state.model_copy(update={"equipment": chance.choice([None, chance.choice(pieces)])})
        yield Known(id=state.id, state=state, work=dict(_work(chance, state, staff, until)))


def _state(
    chance: random.Random, client: Client, assignee: StaffRef, number: int, at: datetime
) -> TicketState:
    reaction, resolution = chance.randrange(90), chance.randrange(2000)
    done = at + timedelta(minutes=resolution)
    sla = Sla(
        reaction_due=at + timedelta(minutes=60),
        resolution_due=at + timedelta(minutes=1800),
        reacted_at=at + timedelta(minutes=reaction),
        resolved_at=done,
        reaction_target=60,
        reaction_minutes=reaction,
        resolution_minutes=resolution,
    )
    return TicketState(
        id=new_id(),
        number=number,
        version=5,
        submission_id=new_id(),
        channel="portal",
        title="Не печатает принтер",
        status=Status.CLOSED if chance.random() < 0.99 else Status.IN_PROGRESS,
        priority=chance.choice(list(Priority)),
        category=chance.choice(_CATEGORIES),
        assignee=assignee,
        assigned_reaction_minutes=chance.randrange(60),
        person=client.person,
        company=client.company,
        received_at=at,
        registered_at=at,
        updated_at=done,
        sla=sla,
    )


def _work(
    chance: random.Random, state: TicketState, staff: Sequence[StaffRef], until: datetime
) -> Iterator[tuple[UUID, Work]]:
    for number in range(_ENTRIES):
        at = min(state.received_at + timedelta(minutes=chance.randrange(1, 3000)), until)
        minutes, extra = chance.choice([5, 10, 25, 60]), chance.random() < 0.1
        who = state.assignee if number else chance.choice(staff)
        yield (
            new_id(),
            Work(of=state.id, version=number, at=at, staff=who, minutes=minutes, additional=extra),
        )
