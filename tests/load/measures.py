"""Each row of the table: what is asked, how, and against which limit."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from chassis.mongo import connect, database
from deploy.local.stack import Stack
from tests.load.limits import Limits
from tests.load.live import Stream, watch_live
from tests.load.memory import pss_megabytes
from tests.load.picture import screenshot
from tests.load.table import Row
from tests.load.wire import Driver, Load, Outcome, get, submission
from tests.load.world import World

_AT_ONCE = 8
_SCREENSHOT_BYTES = 200_000
_QUERIES = (
    "принтер полосами",
    "сервер",
    "пароль почта",
    "кабель",
    "не подключается",
    "Иванова",
    "картридж",
    "накладн",
)


@dataclass
class Bench:
    """A running product with its load; each round of a measure lasts `seconds`."""

    stack: Stack
    world: World
    driver: Driver
    limits: Limits
    tickets: int
    seconds: float
    rounds: int = 3
    cards: Sequence[UUID] = ()

    @property
    def port(self) -> int:
        return self.stack.ports.gateway

    async def rate(
        self, requests: Sequence[Sequence[bytes]], connections: int
    ) -> tuple[Outcome, list[Outcome]]:
        """Several rounds; the one in the middle, and all of them."""
        outcomes = [
            await self.driver.drive(Load(self.port, requests, connections, self.seconds))
            for _ in range(self.rounds)
        ]
        middle = statistics.median_low([outcome.per_second for outcome in outcomes])
        return next(one for one in outcomes if one.per_second == middle), outcomes

    async def reading(self, work: str, requests: Sequence[Sequence[bytes]], reach: str) -> Row:
        many, rounds = await self.rate(requests, _AT_ONCE)
        one, single_rounds = await self.rate(requests, 1)
        return Row(
            work,
            f"{many.per_second:.0f}/s; p50 at 1: {one.percentile(0.5):.1f} ms",
            f"bare JSON endpoint {self.limits.bare_json:.0f}/s",
            reach,
            sum(outcome.failures for outcome in (*rounds, *single_rounds)),
        )


def _submissions(bench: Bench) -> list[list[bytes]]:
    picture = screenshot(_SCREENSHOT_BYTES)
    return [submission(token, picture) for token in bench.world.devices]


async def accepting(bench: Bench) -> list[Row]:
    """Closed loop at 8: how many are accepted, and how many of them are tickets once nothing waits."""
    requests = _submissions(bench)
    limits = bench.limits
    limit = f"durable insert {limits.large_insert:.0f}/s with 200 KB, {limits.small_insert:.0f}/s small"
    accepted, sustained, failures = [], [], 0
    for _ in range(bench.rounds):
        before = await _count(bench)
        began = time.perf_counter()
        outcome = await bench.driver.drive(Load(bench.port, requests, _AT_ONCE, bench.seconds, warm_up=0.0))
        await _until(bench, before + len(outcome.times))
        sustained.append(len(outcome.times) / (time.perf_counter() - began))
        accepted.append(outcome)
        failures += outcome.failures
    middle = sorted(accepted, key=lambda one: one.per_second)[len(accepted) // 2]
    return [
        Row(
            "submission with a 200 KB screenshot accepted, 8 connections",
            f"{middle.per_second:.0f}/s, {_spread(middle)}",
            limit,
            "400/s, p99 under 50 ms",
            failures,
        ),
        Row(
            "the same, sustained to the ticket in the list",
            f"{statistics.median(sustained):.0f}/s",
            f"confirmed publish {bench.limits.publish:.0f}/s",
            "200/s",
        ),
    ]


def _spread(outcome: Outcome) -> str:
    return f"p50 {outcome.percentile(0.5):.0f} ms, p99 {outcome.percentile(0.99):.0f} ms"


async def _count(bench: Bench) -> int:
    client = connect(bench.stack.mongodb_url)
    try:
        return await database(client, "tickets")["tickets"].estimated_document_count()
    finally:
        await client.close()


async def _until(bench: Bench, wanted: int) -> None:
    client = connect(bench.stack.mongodb_url)
    tickets = database(client, "tickets")["tickets"]
    try:
        async with asyncio.timeout(120):
            # Nobody in this process hears of it: the count is the event.
            while await tickets.estimated_document_count() < wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        await client.close()


async def live(bench: Bench) -> list[Row]:
    count = max(20, round(20 * bench.seconds * bench.rounds))
    stream = Stream(bench.port, _submissions(bench), bench.world.page, 20.0, count)
    seen = await bench.driver.run(watch_live, stream)
    accepted, sent = seen.from_accepted, seen.from_sent
    return [
        Row(
            "accepted → row pushed to an open list, at 20/s",
            f"{_spread(accepted)} (from the first byte sent: {_spread(sent)})",
            "",
            "p50 40 ms, p99 150 ms",
            accepted.failures,
        )
    ]


async def reading(bench: Bench) -> list[Row]:
    page, api, chance = bench.world.page, bench.world.api, random.Random(2)
    numbers = [chance.randint(1, bench.tickets) for _ in range(500)]
    return [
        await bench.reading("list page as HTML, first 50", [get("/tickets", page)], "400/s, 6 ms"),
        await bench.reading(
            "ticket page as HTML with the client context",
            [get(f"/tickets/{number}", page) for number in numbers],
            "300/s, 10 ms",
        ),
        await bench.reading("list as JSON, first 50", [get("/api/v1/tickets", api)], "800/s"),
        await bench.reading(
            "ticket as JSON", [get(f"/api/v1/tickets/{number}", api) for number in numbers], "1,200/s"
        ),
        await bench.reading(
            "search over tickets and logs, first 50 as JSON",
            [get(f"/api/v1/tickets?q={quote(query)}", api) for query in _QUERIES],
            "300/s, 10 ms",
        ),
    ]


async def clients(bench: Bench) -> list[Row]:
    """Over 1,000 companies, 30,000 people and 100,000 pieces of equipment."""
    page, api, chance = bench.world.page, bench.world.api, random.Random(3)
    cards = chance.sample(bench.cards, min(200, len(bench.cards)))
    typed = [f"pc-{chance.randrange(10**4):04}" for _ in range(40)] + [f"Компания {n:04}" for n in range(40)]
    around = chance.sample(bench.world.clients, min(100, len(bench.world.clients)))
    return [
        await bench.reading("client card as HTML", [get(f"/clients/{key}", page) for key in cards], ""),
        await bench.reading(
            "what is known of a client around a ticket, as JSON",
            [get(f"/api/v1/companies/{c.company.id}/context?person={c.person.id}", api) for c in around],
            "",
        ),
        await bench.reading(
            "search over all clients, as JSON",
            [get(f"/api/v1/search?q={quote(text)}", api) for text in typed],
            "",
        ),
        await bench.reading(
            "the same with a slip in each word",
            [
                get(f"/api/v1/search?q={quote(text)}", api)
                for text in ("Ковалйв", "Громлв", "Тарасв", "Шубиин")
            ],
            "",
        ),
    ]


async def memory(bench: Bench) -> list[Row]:
    services = bench.stack.services
    held = pss_megabytes(service.pid for service in services.values())
    each = ", ".join(f"{name} {held[service.pid]:.0f}" for name, service in services.items())
    return [
        Row(
            "memory of our own processes at rest (PSS)",
            f"{sum(held.values()):.0f} MB ({each})",
            "",
            "under 600 MB",
        )
    ]
