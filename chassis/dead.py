"""`python -m chassis.dead list|requeue|drop QUEUE`: look at dead letters, send them again, or let them go."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import AsyncIterator

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage


def _log(line: str) -> None:
    print(line)  # noqa: T201 - a command's output


async def list_dead(channel: AbstractChannel, queue: str) -> int:
    """Show each dead letter of `queue` with its reason, and leave it there; returns how many there are."""
    held = [message async for message in _taken(channel, queue)]
    for message in held:
        reason = " ".join(_reason_of(message).split())
        _log(f"{message.message_id}  {message.type}  {reason}")
    for message in held:
        await message.reject(requeue=True)
    return len(held)


def _reason_of(message: AbstractIncomingMessage) -> str:
    """Ours; or RabbitMQ's own, for one that ended the process at each delivery (`delivery_limit`)."""
    return str(message.headers.get("x-reason") or message.headers.get("x-first-death-reason", ""))


async def requeue_dead(channel: AbstractChannel, queue: str, only: str | None = None) -> int:
    """Give them (or the one with message id `only`) back to `queue` to be tried afresh; returns how many.

    `channel` raises for what no queue takes: a letter goes only when it is back.
    """
    count = 0
    for message in [message async for message in _taken(channel, queue)]:
        if only and message.message_id != only:
            await message.reject(requeue=True)
            continue
        headers = {key: value for key, value in message.headers.items() if not key.startswith("x-")}
        again = aio_pika.Message(
            message.body,
            headers=headers,
            message_id=message.message_id,
            type=message.type,
            content_type=message.content_type,
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        )
        await channel.default_exchange.publish(again, routing_key=queue)
        await message.ack()
        count += 1
    return count


async def drop_dead(channel: AbstractChannel, queue: str, only: str | None = None) -> int:
    """Let them (or the one with message id `only`) go for good; returns how many."""
    count = 0
    for message in [message async for message in _taken(channel, queue)]:
        if only and message.message_id != only:
            await message.reject(requeue=True)
            continue
        await message.ack()
        count += 1
    return count


async def _taken(channel: AbstractChannel, queue: str) -> AsyncIterator[AbstractIncomingMessage]:
    """Each dead letter that is there now, unacknowledged: a crash on the way gives them all back."""
    dead = await channel.declare_queue(f"{queue}.dead", passive=True)
    # How many there are a busy broker may answer with nought; whoever takes them knows.
    while (message := await dead.get(no_ack=False, fail=False)) is not None:
        yield message


async def _run(verb: str, queue: str, only: str | None) -> None:
    connection = await aio_pika.connect(os.environ["AMQP_URL"])
    async with connection:
        channel = await connection.channel(on_return_raises=True)
        if verb == "list":
            count = await list_dead(channel, queue)
        else:
            count = await (requeue_dead if verb == "requeue" else drop_dead)(channel, queue, only)
    _log(f"{count} dead letters: {verb}")


def main() -> None:
    """AMQP_URL is an administrator's."""
    parser = argparse.ArgumentParser(prog="python -m chassis.dead", description=__doc__)
    parser.add_argument("verb", choices=["list", "requeue", "drop"])
    parser.add_argument("queue", help="the queue they died from, for example tickets.on.submission.received")
    parser.add_argument("--id", help="only the letter with this message id")
    chosen = parser.parse_args()
    asyncio.run(_run(chosen.verb, chosen.queue, chosen.id))


if __name__ == "__main__":
    main()
