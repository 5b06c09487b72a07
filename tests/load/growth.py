"""What the list, search and a ticket cost as the tickets grow: the same requests at each size, in one run."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from urllib.parse import quote

from chassis.mongo import connect, database
from chassis.parameters import cursor_of
from services.tickets.domain.listing import Position
from tests.load.loader import load_tickets
from tests.load.measures import Bench
from tests.load.spent import Spending
from tests.load.table import Row
from tests.load.wire import Load, get

_REACH = "at most 1.3 times"
_QUERIES = ("принтер полосами", "пароль почта", "не подключается", "картридж")


async def growth(bench: Bench, sizes: Sequence[int]) -> list[Row]:
    """The tickets there are are the first size at least; each size adds what is missing.

    Costs are processor time of the product, the middle one of the rounds: that is the same on a busy machine.
    """
    costs: dict[str, list[tuple[int, float]]] = {}
    failures, spending = 0, Spending(bench.stack)
    for size in sizes:
        count = await _grown_to(bench, size)
        await spending.rest()
        for work, requests in _requests(bench, count).items():
            load, spent = Load(bench.port, requests, 1, bench.seconds), []
            for _ in range(bench.rounds):
                before, began = spending.seconds(), time.monotonic()
                outcome = await bench.driver.drive(load)
                elapsed = time.monotonic() - began
                spent.append(spending.milliseconds_each(before, elapsed, outcome.sent))
                failures += outcome.failures
            costs.setdefault(work, []).append((count, sorted(spent)[len(spent) // 2]))
        _progress(count, costs)
    rows = [Row(f"{work}, processor time each", _told(told), "", _REACH) for work, told in costs.items()]
    return [
        Row(one.work, one.measured, one.limit, one.reach, failures if one is rows[0] else 0) for one in rows
    ]


async def _grown_to(bench: Bench, size: int) -> int:
    client = connect(bench.stack.mongodb_url)
    try:
        tickets = database(client, "tickets")["tickets"]
        there = await tickets.estimated_document_count()
        if there < size:
            await load_tickets(
                bench.stack.mongo.url("tickets"), bench.world.clients, bench.world.staff, size - there
            )
        return await tickets.estimated_document_count()
    finally:
        await client.close()


def _requests(bench: Bench, count: int) -> dict[str, list[list[bytes]]]:
    page, api, chance = bench.world.page, bench.world.api, random.Random(4)
    company = bench.world.clients[0].company.id
    numbers = [chance.randint(1, count) for _ in range(300)]
    deep = [cursor_of(Position(key=number, number=number)) for number in numbers]
    return {
        "list page as HTML": [get("/tickets?view=open", page)],
        "list page, by the clock": [get("/tickets?view=open&sort=due", page)],
        "list page, those late": [get("/tickets?view=open&sla=broken&sort=due", page)],
        "list page, one company": [get(f"/tickets?view=all&company={company}", page)],
        "deep page of all as HTML": [
            get(f"/tickets?view=all&cursor={quote(one or '')}", page) for one in deep
        ],
        "search, first 50 as JSON": [get(f"/api/v1/tickets?q={quote(query)}", api) for query in _QUERIES],
        "counts of the views": [get("/api/v1/views/counts", api)],
        "ticket page as HTML": [get(f"/tickets/{number}", page) for number in numbers],
    }


def _progress(count: int, costs: dict[str, list[tuple[int, float]]]) -> None:
    """What is known so far: filling a million takes its time."""
    told = "; ".join(f"{work} {sizes[-1][1]:.1f} ms" for work, sizes in costs.items())
    sys.stderr.write(f"{count:,} tickets: {told}\n")


def _told(told: Sequence[tuple[int, float]]) -> str:
    """Where nothing was answered there is no cost to compare with."""
    first = told[0][1] or float("nan")
    return "; ".join(f"{count:,}: {cost:.1f} ms (×{cost / first:.2f})" for count, cost in told)
