"""The bench at its shortest: every request is answered, and every accepted submission becomes one ticket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.mongo import connect, database
from tests.load.bench import bench_of
from tests.load.growth import growth
from tests.load.measures import Bench, accepting, clients, live, memory, reading
from tests.load.reports import reports
from tests.load.table import Row, markdown

_TICKETS = 200


@pytest.fixture(scope="module")
async def bench(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    run_dir: Path = tmp_path_factory.mktemp("bench")
    async with bench_of(run_dir, tickets=_TICKETS, seconds=0.5, rounds=1, companies=5, registered=3) as bench:
        yield bench


def _all_answered(rows: list[Row]) -> None:
    table = markdown(rows)
    assert sum(row.failures for row in rows) == 0, table
    assert all(row.work in table and row.measured in table for row in rows)


async def test_what_is_accepted_under_load_becomes_a_ticket_each(bench: Bench) -> None:
    _all_answered([*await accepting(bench), *await live(bench)])
    client = connect(bench.stack.mongodb_url)
    submissions, tickets = database(client, "intake")["submissions"], database(client, "tickets")["tickets"]
    accepted = {document["_id"] async for document in submissions.find({}, {"_id": 1})}
    made = [document async for document in tickets.find({"number": {"$gt": _TICKETS}}, {"submission_id": 1})]
    await client.close()
    assert accepted
    assert len(made) == len(accepted)
    assert {document["submission_id"] for document in made} == accepted


async def test_what_is_read_under_load_is_answered(bench: Bench) -> None:
    _all_answered(await growth(bench, (_TICKETS, 2 * _TICKETS)))
    _all_answered(await reports(bench, (_TICKETS, 2 * _TICKETS)))
    _all_answered([*await reading(bench), *await clients(bench), *await memory(bench)])
