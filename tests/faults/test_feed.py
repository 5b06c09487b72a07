"""RabbitMQ comes back before its stream does: what was confirmed is on the feed all the same."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from chassis.broker import NotConfirmedError, Publisher
from chassis.clock import new_id
from contracts.tickets import TicketChanged
from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack
from tests.faults.table import Tables
from tests.faults.waiting import eventually
from tests.faults.witness import read_feed

_FIRST_PORT = 24_000
# Their attempts to connect fall on different moments of the start.
_PUBLISHERS = 12


@pytest.fixture
async def rabbit(tmp_path: Path) -> AsyncIterator[Stack]:
    """RabbitMQ alone, with its queues."""
    with claimed_ports(_FIRST_PORT) as ports:
        stack = Stack(tmp_path, ports, external=False)
        try:
            await stack.rabbit.start()
            await stack.declare_topology()
            yield stack
        finally:
            await stack.rabbit.stop()


async def test_what_is_confirmed_after_a_restart_is_on_the_feed(
    rabbit: Stack, tables: Tables, is_long: bool
) -> None:
    confirmed: set[UUID] = set()
    publishing = [asyncio.create_task(_publish(rabbit.amqp_url, confirmed)) for _ in range(_PUBLISHERS)]
    restarts = 10 if is_long else 2
    for _ in range(restarts):
        await _until_more(confirmed, 3 * _PUBLISHERS)
        await rabbit.rabbit.kill()
        await rabbit.rabbit.start()
    await _until_more(confirmed, 3 * _PUBLISHERS)
    for task in publishing:
        task.cancel()
    await asyncio.gather(*publishing, return_exceptions=True)
    on_feed = {UUID(message.message_id) async for message in read_feed(rabbit.amqp_url) if message.message_id}
    lost = len(confirmed - on_feed)
    tables.add(
        "feed", {"restarts": restarts, "acknowledged": len(confirmed), "lost": lost, "kills": restarts}
    )
    assert lost == 0


async def _publish(amqp_url: str, confirmed: set[UUID]) -> None:
    """As a relay does: again until it is confirmed."""
    publisher = Publisher(amqp_url, "tickets")
    publisher.start()
    try:
        while True:
            event_id = new_id()
            with contextlib.suppress(NotConfirmedError):
                await publisher.publish_event(
                    b"{}",
                    event_id=event_id,
                    event_type=TicketChanged.TYPE,
                    traceparent=None,
                    must_be_heard=True,
                )
                confirmed.add(event_id)
            await asyncio.sleep(0.05)
    finally:
        await publisher.stop()


async def _until_more(confirmed: set[UUID], more: int) -> None:
    wanted = len(confirmed) + more

    async def enough() -> bool:
        return len(confirmed) >= wanted

    await eventually(f"{more} more events confirmed", enough)
