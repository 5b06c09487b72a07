"""`python -m tests.load.bench [--tickets N] [--long]`: the figures, beside the machine's limits."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local.ports import claimed_ports
from deploy.local.services import ROOT
from deploy.local.stack import Stack
from tests.load.articles import articles
from tests.load.growth import growth
from tests.load.guesses import guessing
from tests.load.limits import measure_limits
from tests.load.loader import load_tickets
from tests.load.measures import Bench, accepting, clients, live, memory, reading
from tests.load.registry import load_registry
from tests.load.reports import reports
from tests.load.table import Row, for_terminal, markdown
from tests.load.wire import Driver
from tests.load.world import make_world
from tests.running import PATIENT

RUN_DIR = ROOT / ".run" / "bench"
_COMPANIES, _REGISTERED = 100, 1_000
_LARGE_INSERT = 200_000
_LONG = (10_000, 100_000, 1_000_000)
# One client at full speed is what is measured here, not how it is slowed down, nor when it is given up.
UNLIMITED = {**PATIENT, "REQUESTS_PER_SECOND": "1000000", "REQUEST_BURST": "1000000"}
_FIRST_PORT = 23_000
_MEASURES: dict[str, Callable[[Bench], Awaitable[list[Row]]]] = {
    "accepting": accepting,
    "live": live,
    "reading": reading,
    "clients": clients,
    "guessing": guessing,
    "articles": articles,
}


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command's output


@asynccontextmanager
async def bench_of(
    run_dir: Path,
    *,
    tickets: int,
    seconds: float,
    rounds: int,
    companies: int = _COMPANIES,
    registered: int = 0,
) -> AsyncIterator[Bench]:
    """The whole product with that many tickets, and the limits of the machine at this moment.

    `registered`: so many companies more, each with its people, equipment and all else.
    """
    with claimed_ports(_FIRST_PORT) as ports:
        stack, driver = Stack(run_dir, ports, external=False, settings=UNLIMITED), Driver()
        try:
            await stack.start()
            world = await make_world(stack.url, companies)
            await load_tickets(stack.mongo.url("tickets"), world.clients, world.staff, tickets)
            master_keys = stack.secrets.master_keys
            cards = await load_registry(stack.mongo.url("clients"), master_keys, world.clients, registered)
            limits = await measure_limits(
                driver,
                ports.base + 15,
                stack.mongodb_url,
                stack.amqp_url,
                body=_LARGE_INSERT,
                seconds=seconds,
            )
            yield Bench(stack, world, driver, limits, tickets, seconds, rounds, cards)
        finally:
            driver.close()
            await stack.stop()


async def second_start(bench: Bench) -> list[Row]:
    """Stop it cleanly and start it again with all its data; memory is read when nothing happens."""
    await bench.stack.stop()
    began = time.monotonic()
    await bench.stack.start()
    taken = time.monotonic() - began
    await asyncio.sleep(5.0)
    row = Row("second start until ready, servers included", f"{taken:.1f} s", "", "15 s")
    return [row, *await memory(bench)]


async def run(tickets: int, seconds: float, rounds: int, only: str, sizes: Sequence[int] = ()) -> list[Row]:
    shutil.rmtree(RUN_DIR, ignore_errors=True)
    rows: list[Row] = []
    registered = 0 if only == "growth" else _REGISTERED
    async with bench_of(
        RUN_DIR, tickets=tickets, seconds=seconds, rounds=rounds, registered=registered
    ) as bench:
        limits = bench.limits
        _say(
            f"limits: JSON {limits.bare_json:.0f}/s, insert {limits.small_insert:.0f}/s, "
            f"with 200 KB {limits.large_insert:.0f}/s, publish {limits.publish:.0f}/s"
        )
        for name, measure in _MEASURES.items():
            if only in ("", name):
                rows += await measure(bench)
                _say(for_terminal(rows))
        if sizes and only in ("", "growth"):
            rows += await growth(bench, sizes)
            _say(for_terminal(rows))
        if sizes and only in ("", "reports"):
            rows += await reports(bench, sizes)
            _say(for_terminal(rows))
        if only in ("", "start"):
            rows += await second_start(bench)
    shutil.rmtree(RUN_DIR, ignore_errors=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--long", action="store_true", help="10,000, 100,000 and 1,000,000 tickets in turn")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", choices=["", *_MEASURES, "growth", "reports", "start"])
    parser.add_argument(
        "--sizes", default="10000,100000", help="where the cost of growth is measured, separated by commas"
    )
    chosen = parser.parse_args()
    for tickets in _LONG if chosen.long else (chosen.tickets,):
        sizes = [int(size) for size in chosen.sizes.split(",") if size and not chosen.long]
        rows = asyncio.run(run(tickets, chosen.seconds, chosen.rounds, chosen.only, sizes))
        failures = sum(row.failures for row in rows)
        _say(f"\n{tickets:,} tickets, {failures} failed requests\n\n{markdown(rows)}\n")


if __name__ == "__main__":
    main()
