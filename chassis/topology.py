"""Declares exchanges and queues before traffic, and proves each queue by a round trip.

A quorum queue declared just before a crash can come back without a leader (measured: 16 of 96 within
0.2 s), so nothing is declared while running, and a declared queue counts only once a message went through.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import aio_pika
import structlog
from aio_pika.abc import (
    AbstractChannel,
    AbstractConnection,
    AbstractExchange,
    AbstractQueue,
    DeliveryMode,
    ExchangeType,
)
from aio_pika.exceptions import ChannelNotFoundEntity, QueueEmpty

from chassis.delivery import RETRY_PAUSES, retry_name
from contracts.queues import (
    DEAD_EXCHANGE,
    EVENTS_EXCHANGE,
    FEED,
    PROBE_EXCHANGE,
    Listening,
)

_log = structlog.get_logger(__name__)

# Beyond it RabbitMQ sets a message aside by itself: for one that ends the process that handles it.
_DELIVERY_LIMIT = 10
_PROOF_SECONDS = 20.0
_PATIENCE_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.5
# What RabbitMQ needs to write down a new queue: killed before, it may not find it again (measured: a stream
# within a second of its declaration each time, quorum queues within 0.2 s sometimes).
_SETTLING_SECONDS = 2.0
_FEED_RETENTION: dict[str, Any] = {"x-max-age": "30D", "x-stream-max-segment-size-bytes": 50_000_000}
_AT_LEAST_ONCE = {"x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}


async def declare_topology(
    url: str,
    listenings: Sequence[Listening],
    feed_keys: Sequence[str],
    *,
    retry_pauses: Sequence[float] = RETRY_PAUSES,
) -> None:
    """Declare everything (again, harmlessly, on a later start) and prove the queues.

    `url` is an administrator's; raises TimeoutError when a queue does not give back what it took. A stream
    may come back some seconds after its RabbitMQ: it is waited for.
    """
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            try:
                return await _declare_all(url, listenings, feed_keys, retry_pauses)
            except ChannelNotFoundEntity as error:
                _log.info("a queue is not back yet", error=str(error))
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)


async def _declare_all(
    url: str, listenings: Sequence[Listening], feed_keys: Sequence[str], retry_pauses: Sequence[float]
) -> None:
    connection = await aio_pika.connect(url)
    async with connection:
        names = [FEED, *map(retry_name, retry_pauses), *(listening.queue for listening in listenings)]
        is_fresh = await _is_any_missing(connection, names)
        channel = await connection.channel()
        exchanges = await _declare_exchanges(channel)
        queues = [await _declare_retry(channel, pause) for pause in retry_pauses]
        for listening in listenings:
            queues += await _declare_listening(channel, listening, exchanges)
        await _declare_feed(channel, exchanges[EVENTS_EXCHANGE], feed_keys)
        if is_fresh:
            await asyncio.sleep(_SETTLING_SECONDS)
        await asyncio.gather(*(_prove(channel, queue) for queue in queues))
    _log.info("topology declared and proved", queues=len(queues) + 1)


async def _is_any_missing(connection: AbstractConnection, names: Sequence[str]) -> bool:
    channel = await connection.channel()
    try:
        for name in names:
            await channel.declare_queue(name, passive=True)
    except ChannelNotFoundEntity:
        return True
    await channel.close()
    return False


async def _declare_exchanges(channel: AbstractChannel) -> dict[str, AbstractExchange]:
    names = [EVENTS_EXCHANGE, DEAD_EXCHANGE, PROBE_EXCHANGE]
    return {name: await channel.declare_exchange(name, ExchangeType.TOPIC, durable=True) for name in names}


async def _declare_retry(channel: AbstractChannel, pause: float) -> AbstractQueue:
    """A message waits here `pause` seconds and goes back to the queue its routing key names."""
    name = retry_name(pause)
    exchange = await channel.declare_exchange(name, ExchangeType.TOPIC, durable=True)
    back = {"x-message-ttl": round(pause * 1000), "x-dead-letter-exchange": "", **_AT_LEAST_ONCE}
    queue = await channel.declare_queue(name, durable=True, arguments=_quorum(back))
    await queue.bind(exchange, "#")
    return queue


async def _declare_listening(
    channel: AbstractChannel, listening: Listening, exchanges: dict[str, AbstractExchange]
) -> list[AbstractQueue]:
    dead = await channel.declare_queue(listening.dead, durable=True, arguments=_quorum({}))
    await dead.bind(exchanges[DEAD_EXCHANGE], listening.queue)
    aside = {
        "x-delivery-limit": _DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": listening.queue,
        **_AT_LEAST_ONCE,
    }
    queue = await channel.declare_queue(listening.queue, durable=True, arguments=_quorum(aside))
    for key in listening.keys:
        await queue.bind(exchanges[EVENTS_EXCHANGE], key)
    return [dead, queue]


async def _declare_feed(channel: AbstractChannel, events: AbstractExchange, keys: Sequence[str]) -> None:
    stream: dict[str, Any] = {"x-queue-type": "stream", **_FEED_RETENTION}
    feed = await channel.declare_queue(FEED, durable=True, arguments=stream)
    for key in keys:
        await feed.bind(events, key)


def _quorum(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"x-queue-type": "quorum", **arguments}


async def _prove(channel: AbstractChannel, queue: AbstractQueue) -> None:
    """A new queue must give back a message it took; one that holds messages has shown that it works.

    Should a consumer be quicker than we are, it knows the probe by its type (delivery.py).
    """
    if queue.declaration_result.message_count:
        return
    async with asyncio.timeout(_PROOF_SECONDS):
        probe = aio_pika.Message(b"", type=PROBE_EXCHANGE, delivery_mode=DeliveryMode.PERSISTENT)
        await channel.default_exchange.publish(probe, routing_key=queue.name)
        with contextlib.suppress(QueueEmpty):
            message = await queue.get(no_ack=False)
            await (message.ack() if message.type == PROBE_EXCHANGE else message.reject(requeue=True))
