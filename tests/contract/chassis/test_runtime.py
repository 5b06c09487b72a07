from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from faststream.rabbit import RabbitRouter

from chassis import relay
from chassis.broker import listen
from chassis.mongo import Database
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.topology import declare_topology
from contracts.envelope import Envelope
from tests.contract.chassis.rig import PAUSES, Happened, Rabbit, own_listening, until
from tests.contract.serving import NO_RABBIT, production_settings


@pytest.fixture
async def runtime(kept: Database, mongo_url: str, amqp_url: str) -> AsyncIterator[Runtime]:
    settings = production_settings(Settings, mongo_url, kept.name, amqp_url=amqp_url)
    runtime = Runtime("tests", settings)
    yield runtime
    await runtime.stop()


async def is_ready(runtime: Runtime) -> bool:
    return (await runtime.health.readiness())[0]


async def test_a_queue_that_is_not_there_yet_is_waited_for(
    runtime: Runtime, rabbit: Rabbit, amqp_url: str
) -> None:
    listening, kind = own_listening()
    router, heard = RabbitRouter(), []

    @router.subscriber(listen(listening))
    async def on_happened(event: Envelope[Happened]) -> None:
        heard.append(event.data.n)

    refused = asyncio.Event()
    start = runtime.consumer.start

    async def noting() -> None:
        try:
            await start()
        except Exception:
            refused.set()
            raise

    runtime.consumer.start = noting  # type: ignore[method-assign]
    runtime.subscribe(router, [listening])
    await runtime.start()
    await refused.wait()
    await declare_topology(amqp_url, [listening], [], retry_pauses=PAUSES)
    await rabbit.say(kind, 7)
    await until(lambda: heard == [7])
    assert await is_ready(runtime)


async def test_a_background_task_that_dies_is_begun_again_and_meanwhile_we_are_not_ready(
    runtime: Runtime,
) -> None:
    lives: list[bool] = []

    async def mortal() -> None:
        lives.append(await is_ready(runtime))
        if len(lives) == 1:
            raise ZeroDivisionError
        await asyncio.Event().wait()

    runtime.background(mortal)
    await runtime.start()
    await until(lambda: len(lives) == 1)

    async def has_fallen() -> bool:
        return (await runtime.health.readiness())[1]["tasks"] != "ok"

    await until(has_fallen)
    await until(lambda: len(lives) == 2)
    assert await is_ready(runtime)


async def test_a_process_that_stops_leaves_its_lease_free(
    runtime: Runtime, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it renews: the next replica must not wait for one that is gone."""
    monkeypatch.setattr(relay, "LIFETIME_SECONDS", 0)
    runtime.relay(kept["documents"])
    await runtime.start()

    async def holder() -> Any:
        lease = await kept["leases"].find_one({"_id": "relay.documents"})
        return lease and lease["holder"]

    async def is_ours() -> bool:
        return bool(await holder() == runtime.identity)

    await until(is_ours)
    await runtime.stop()
    assert await holder() is None


async def test_what_is_stopped_without_rabbitmq_tries_no_more(kept: Database, mongo_url: str) -> None:
    before = asyncio.all_tasks()
    router = RabbitRouter()
    listening, _ = own_listening()

    @router.subscriber(listen(listening))
    async def on_happened(event: Envelope[Happened]) -> None:
        raise AssertionError(event)

    runtime = Runtime("tests", production_settings(Settings, mongo_url, kept.name, amqp_url=NO_RABBIT))
    runtime.subscribe(router, [listening])
    await runtime.start()

    def is_trying() -> bool:
        return sum("connection_factory" in repr(task) for task in asyncio.all_tasks() - before) == 2

    await until(is_trying)
    await runtime.stop()
    assert not [task for task in asyncio.all_tasks() - before if "connection_factory" in repr(task)]
