"""RabbitMQ dies right after its queues were declared: the next start heals, and each queue is proved."""

from __future__ import annotations

from pathlib import Path

import aio_pika

from contracts.queues import EVENTS_EXCHANGE, LISTENINGS
from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack

_FIRST_PORT = 24_000


async def test_queues_declared_just_before_a_kill_work_after_the_next_start(
    tmp_path: Path, is_long: bool
) -> None:
    for n in range(20 if is_long else 1):
        with claimed_ports(_FIRST_PORT) as ports:
            stack = Stack(tmp_path / str(n), ports, external=False)
            try:
                await stack.rabbit.start()
                await stack.declare_topology()
                await stack.rabbit.kill()
                await stack.rabbit.start()
                await stack.declare_topology()
                await _every_queue_takes_and_gives(stack.amqp_url)
            finally:
                await stack.rabbit.stop()


async def _every_queue_takes_and_gives(amqp_url: str) -> None:
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        channel = await connection.channel()
        events = await channel.get_exchange(EVENTS_EXCHANGE)
        for listening in LISTENINGS:
            key = listening.keys[0].replace("*", "changed")
            await events.publish(aio_pika.Message(b"{}"), key, timeout=20)
            queue = await channel.get_queue(listening.queue)
            message = await queue.get(timeout=20)
            await message.ack()
