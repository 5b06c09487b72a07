"""Every event that passes helpdesk.events while we listen, to be sent again as it was, or spoilt."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

from contracts.queues import EVENTS_EXCHANGE


@asynccontextmanager
async def administrators_channel(amqp_url: str) -> AsyncIterator[AbstractChannel]:
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        yield await connection.channel()


@asynccontextmanager
async def recording(amqp_url: str) -> AsyncIterator[list[AbstractIncomingMessage]]:
    """What passes while the context is, in the order it came."""
    heard: list[AbstractIncomingMessage] = []

    async def keep(message: AbstractIncomingMessage) -> None:
        heard.append(message)

    async with administrators_channel(amqp_url) as channel:
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(EVENTS_EXCHANGE, "helpdesk.#")
        await queue.consume(keep, no_ack=True)
        yield heard


async def send_again(channel: AbstractChannel, events: Sequence[AbstractIncomingMessage]) -> None:
    exchange = await channel.get_exchange(EVENTS_EXCHANGE, ensure=False)
    for event in events:
        assert event.routing_key
        await exchange.publish(copy_of(event.body, event), event.routing_key)


def copy_of(body: bytes, like: AbstractIncomingMessage) -> aio_pika.Message:
    """A message such as the services publish, with another body."""
    return aio_pika.Message(
        body,
        message_id=like.message_id,
        type=like.type,
        content_type=like.content_type,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )
