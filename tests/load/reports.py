"""What each report costs as the tickets grow: three years of them, five entries of work each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import new_id, now
from chassis.mongo import Client, Collection, Document, connect, database
from contracts.people import EquipmentRef, StaffRef
from contracts.tickets import Priority, Sla, Status, TicketState
from services.reporting.domain.contributions import Contributions, contributions, total_of
from services.reporting.domain.projection import Known, Work
from services.reporting.store import Archive
from services.reporting.store.cells import Cells
from services.reporting.store.documents import to_document, to_facts
from tests.load.measures import Bench
from tests.load.table import Row
from tests.load.wire import Load, get
from tests.load.world import Client as Who

_REACH = "300 ms at 1,000,000"
_REPORTS = ("work", "categories", "effectiveness", "sla", "backlog")
_YEARS = timedelta(days=3 * 365)
_ENTRIES = 5
_BATCH = 4000
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
    client = connect(bench.stack.mongo.url("reporting"))
    try:
        await grow(client, bench.world.clients, bench.world.staff, size)
    finally:
        await client.close()


async def grow(client: Client, clients: Sequence[Who], staff: Sequence[StaffRef], size: int) -> None:
    """Written past the events, into the projection and into its figures, by what the service counts with."""
    kept = database(client, "reporting")
    archive = Archive(client, kept, _ZONE)
    await archive.prepare()
    live = (await archive.generations()).live
    tickets, cells = archive.tickets(live).collection, Cells(kept, live)
    there, at = await tickets.estimated_document_count(), now()
    made = _tickets(clients, staff, there, size - there, at, random.Random(there))
    # Built when all is there, which is much sooner than with each ticket.
    await tickets.drop_indexes()
    writing = asyncio.create_task(asyncio.sleep(0))
    while ready := await asyncio.to_thread(_counted, made, at):
        await writing
        writing = asyncio.create_task(_put(tickets, cells, *ready))
    await writing
    await archive.prepare()


def _counted(made: Iterator[Known], at: datetime) -> tuple[list[Document], Contributions] | None:
    """The next tickets, and what they come to together; they are marked as counted."""
    documents = [{"_id": known.id, **to_document(known, _ZONE, at)} for known in islice(made, _BATCH)]
    for document in documents:
        document["counted"] = document["facts"]
        del document["changed_at"]
    counted = total_of(contributions(to_facts(document["facts"])) for document in documents)
    return (documents, counted) if documents else None


async def _put(tickets: Collection, cells: Cells, documents: list[Document], counted: Contributions) -> None:
    await tickets.insert_many(documents, ordered=False)
    await cells.add(counted, None)


def _tickets(
    clients: Sequence[Who],
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


def _state(chance: random.Random, client: Who, assignee: StaffRef, number: int, at: datetime) -> TicketState:
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
