"""Looking after consumers does them no harm, and finds the one that is gone."""

from __future__ import annotations

import asyncio

from chassis.watchdog import Watchdog, ready_messages
from tests.contract.chassis.conftest import Own
from tests.contract.chassis.rig import PATIENCE_SECONDS, Consumer, Rabbit, until


async def test_a_look_that_is_given_up_leaves_consumers_where_they_are(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await consumer.broker.start()
        assert await ready_messages(consumer.broker, own.queue) == 0
        for turns in range(12):
            look = asyncio.create_task(ready_messages(consumer.broker, own.queue))
            for _ in range(turns):
                await asyncio.sleep(0)
            look.cancel()
            await asyncio.gather(look, return_exceptions=True)
        await rabbit.say(own.kind, 1)
        await consumer.has_handled(1)
        await consumer.broker.stop()


async def test_a_consumer_that_is_gone_without_a_word_is_noticed(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    await consumer.broker.start()
    restarted = asyncio.Event()

    async def restart() -> None:
        restarted.set()

    watchdog = Watchdog(consumer.broker, [own.queue], consumer.delivery, restart, look_every=0.05)
    watching = asyncio.create_task(watchdog.run())
    await consumer.subscriber.stop()
    await rabbit.say(own.kind, 1)
    await restarted.wait()
    watching.cancel()
    await until(watching.done)
    assert consumer.handled == []
