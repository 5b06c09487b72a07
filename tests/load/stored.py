"""What the list, search and a ticket make the store do as the tickets grow, without anything around it.

`python -m tests.load.stored --sizes 10000,100000,1000000`: keys and documents that MongoDB reads for a
request, which no other work on the machine can change, and the processor time of both sides.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import psutil
from pymongo.errors import PyMongoError

from chassis.clock import new_id, now
from chassis.mongo import Database, connect, database
from contracts.people import CompanyRef, PersonRef, StaffRef
from contracts.tickets import OPEN_STATUSES
from deploy.local.mongo import Mongo
from deploy.local.ports import claimed_ports
from deploy.local.secret_store import ADMINISTRATOR, load_secrets
from deploy.local.services import ROOT
from services.tickets.domain.listing import Position, Wanted
from services.tickets.store import Tickets
from tests.load.loader import load_tickets
from tests.load.world import Client

RUN_DIR = ROOT / ".run" / "stored"
_FIRST_PORT = 25_000
_COMPANIES, _STAFF, _TIMES = 100, 8, 60
Work = Callable[[], Awaitable[object]]


class Cost(NamedTuple):
    """Of one request, on average; `milliseconds` are processor time of mongod and of the asker."""

    keys: float
    documents: float
    milliseconds: float


async def measure(sizes: Sequence[int]) -> dict[str, list[tuple[int, Cost]]]:
    shutil.rmtree(RUN_DIR, ignore_errors=True)
    RUN_DIR.mkdir(parents=True)
    with claimed_ports(_FIRST_PORT) as ports:
        mongo = Mongo(RUN_DIR, ports.mongo, load_secrets(RUN_DIR / "secrets.json"))
        try:
            await mongo.start()
            return await _grown(mongo, sizes)
        finally:
            await mongo.stop()
            shutil.rmtree(RUN_DIR, ignore_errors=True)


async def _grown(mongo: Mongo, sizes: Sequence[int]) -> dict[str, list[tuple[int, Cost]]]:
    client = connect(mongo.url(ADMINISTRATOR))
    kept = database(client, "tickets")
    tickets = Tickets(kept)
    await tickets.prepare()
    clients = [
        Client(
            PersonRef(id=new_id(), full_name=f"Сотрудник {n}"), CompanyRef(id=new_id(), name=f"Клиент {n}")
        )
        for n in range(_COMPANIES)
    ]
    staff = [StaffRef(id=new_id(), full_name=f"Специалист {n}") for n in range(_STAFF)]
    found: dict[str, list[tuple[int, Cost]]] = {}
    there = 0
    for size in sizes:
        await load_tickets(mongo.url(ADMINISTRATOR), clients, staff, size - there)
        there = size
        for name, work in _works(tickets, clients[0], size).items():
            cost = await _cost(kept, mongo.pid, work)
            found.setdefault(name, []).append((size, cost))
        sys.stderr.write(f"{size:,}: { ({name: told[-1][1] for name, told in found.items()}) }\n")
    await client.close()
    return found


def _works(tickets: Tickets, one: Client, size: int) -> Mapping[str, Work]:
    chance = random.Random(4)

    def number() -> int:
        return chance.randint(1, size)

    def page(wanted: Wanted) -> Work:
        return lambda: tickets.rows(wanted, None, now())

    def deep() -> Awaitable[object]:
        at = number()
        return tickets.rows(Wanted(), Position(key=at, number=at), now())

    company = one.company.id
    return {
        "list, first page": page(Wanted(statuses=OPEN_STATUSES)),
        "list, by the clock": page(Wanted(statuses=OPEN_STATUSES, sort="due")),
        "list, those late": page(Wanted(statuses=OPEN_STATUSES, sort="due", sla="broken")),
        "list, those near": page(Wanted(statuses=OPEN_STATUSES, sort="due", sla="warned")),
        "list, one company": page(Wanted(company=company)),
        "list, a page anywhere in all": deep,
        "search, two words": page(Wanted(text="принтер полосами")),
        "search, one word": page(Wanted(text="картридж")),
        "ticket": lambda: tickets.desk(number(), now()),
    }


async def _cost(kept: Database, mongod: int, work: Work) -> Cost:
    await work()
    keys, documents = await _read_by(kept, work)
    process = psutil.Process(mongod)
    before, own = _seconds(process), time.process_time()
    for _ in range(_TIMES):
        await work()
    spent = _seconds(process) - before + time.process_time() - own
    return Cost(keys, documents, 1000 * spent / _TIMES)


async def _read_by(kept: Database, work: Work) -> tuple[float, float]:
    """As MongoDB's own profiler tells."""
    with suppress(PyMongoError):
        await kept.drop_collection("system.profile")
    await kept.command("profile", 2)
    for _ in range(10):
        await work()
    await kept.command("profile", 0)
    told: list[dict[str, Any]] = await kept["system.profile"].find({"ns": f"{kept.name}.tickets"}).to_list()
    keys, documents = (
        sum(one.get(name, 0) for one in told) / 10 for name in ("keysExamined", "docsExamined")
    )
    return keys, documents


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def markdown(found: Mapping[str, Sequence[tuple[int, Cost]]]) -> str:
    sizes = [size for size, _ in next(iter(found.values()))]
    head = " | ".join(f"{size:,}" for size in sizes)
    lines = [f"| request | {head} |", f"| --- |{' --- |' * len(sizes)}"]
    for name, told in found.items():
        first = told[0][1].milliseconds
        cells = [
            f"{cost.keys:.0f} keys, {cost.documents:.0f} documents; {cost.milliseconds:.1f} ms "
            f"(×{cost.milliseconds / first:.2f})"
            for _, cost in told
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.stored", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="separated by commas")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    print(markdown(asyncio.run(measure(sizes))))  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
