"""The step before traffic: declared and proved, as often as one likes; and dead letters by hand."""

from __future__ import annotations

import asyncio
import sys

import aio_pika
import pytest
from aio_pika.abc import AbstractIncomingMessage, HeadersType
from aio_pika.exceptions import ChannelPreconditionFailed

from chassis.broker import NotConfirmedError, Publisher, topic
from chassis.dead import drop_dead, list_dead, requeue_dead
from chassis.topology import declare_topology
from contracts.queues import DEAD_EXCHANGE, EVENTS_EXCHANGE, FEED, PROBE_EXCHANGE
from tests.contract.chassis.conftest import Own
from tests.contract.chassis.rig import PAUSES, Consumer, Rabbit, until


async def _dead(rabbit: Rabbit, own: Own, count: int) -> list[str]:
    """So many dead letters, set aside as the delivery does it; their message ids."""
    exchange = await rabbit.channel.get_exchange(DEAD_EXCHANGE)
    ids = []
    for n in range(count):
        headers: HeadersType = {"x-reason": f"ValueError: {n}", "x-attempt": 0, "traceparent": "00-1-2-01"}
        message = aio_pika.Message(str(n).encode(), message_id=f"id-{n}", type=own.kind.TYPE, headers=headers)
        await exchange.publish(message, routing_key=own.queue)
        ids.append(f"id-{n}")
    return ids


async def test_the_topology_is_declared_again_harmlessly_and_keeps_what_waits(
    amqp_url: str, own: Own, rabbit: Rabbit
) -> None:
    await rabbit.say(own.kind, 1)
    for _ in range(2):
        await declare_topology(amqp_url, [own.listening], [], retry_pauses=PAUSES)
    assert await rabbit.count(own.queue) == 1
    assert await rabbit.count(own.listening.dead) == 0


async def test_an_event_comes_to_the_queue_that_listens_and_to_no_other(
    amqp_url: str, own: Own, rabbit: Rabbit
) -> None:
    await rabbit.say(own.kind, 1)
    assert b'"n": 1' in (await rabbit.take(own.queue)).body
    await rabbit.publish(own.kind.TYPE.replace("v1", "v2"), b"{}")
    assert await rabbit.count(own.queue) == 0


async def test_public_events_are_kept_in_the_feed(amqp_url: str, own: Own, rabbit: Rabbit) -> None:
    await declare_topology(amqp_url, [own.listening], [own.kind.TYPE], retry_pauses=PAUSES)
    await rabbit.channel.set_qos(10)
    feed = await rabbit.channel.declare_queue(FEED, passive=True)
    identity = await rabbit.say(own.kind, 1)
    found = asyncio.Event()

    async def look(message: AbstractIncomingMessage) -> None:
        if message.message_id == identity:
            found.set()
        await message.ack()

    tag = await feed.consume(look, arguments={"x-stream-offset": "first"})
    async with asyncio.timeout(30):
        await found.wait()
    await feed.cancel(tag)
    await feed.unbind(EVENTS_EXCHANGE, own.kind.TYPE)


async def test_a_queue_of_another_kind_in_the_place_of_ours_stops_the_step(
    amqp_url: str, own: Own, rabbit: Rabbit
) -> None:
    await rabbit.channel.queue_delete(own.queue)
    await rabbit.channel.declare_queue(own.queue, durable=True)
    with pytest.raises(ChannelPreconditionFailed, match="inequivalent arg"):
        await declare_topology(amqp_url, [own.listening], [], retry_pauses=PAUSES)


async def test_publishing_to_a_missing_exchange_is_an_error_and_the_next_publish_works(
    publisher: Publisher,
) -> None:
    with pytest.raises(NotConfirmedError):
        await publisher.publish(b"", exchange=topic("helpdesk.nowhere"), routing_key="x")

    async def works() -> bool:
        try:
            await publisher.publish(b"", exchange=topic(PROBE_EXCHANGE), routing_key="probe", mandatory=False)
        except NotConfirmedError:
            return False
        return True

    await until(works)


async def test_dead_letters_are_listed_and_left(
    own: Own, rabbit: Rabbit, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = await _dead(rabbit, own, 3)
    assert await list_dead(rabbit.channel, own.queue) == 3
    shown = capsys.readouterr().out
    assert all(f"{identity}  {own.kind.TYPE}  ValueError: {n}" in shown for n, identity in enumerate(ids))
    await until(lambda: _has(rabbit, own.listening.dead, 3))


async def test_dead_letters_are_given_back_to_be_tried_afresh(own: Own, rabbit: Rabbit) -> None:
    await _dead(rabbit, own, 3)
    assert await requeue_dead(rabbit.channel, own.queue) == 3
    assert await rabbit.count(own.listening.dead) == 0
    again = [await rabbit.take(own.queue) for _ in range(3)]
    assert [letter.body for letter in again] == [b"0", b"1", b"2"]
    assert {letter.headers["traceparent"] for letter in again} == {"00-1-2-01"}
    assert all("x-reason" not in letter.headers and "x-attempt" not in letter.headers for letter in again)
    assert {letter.type for letter in again} == {own.kind.TYPE}


async def test_one_dead_letter_is_given_back_or_dropped_by_its_id(own: Own, rabbit: Rabbit) -> None:
    await _dead(rabbit, own, 3)
    assert await requeue_dead(rabbit.channel, own.queue, "id-1") == 1
    assert (await rabbit.take(own.queue)).message_id == "id-1"
    await until(lambda: _has(rabbit, own.listening.dead, 2))
    assert await drop_dead(rabbit.channel, own.queue, "id-2") == 1
    await until(lambda: _has(rabbit, own.listening.dead, 1))
    assert await drop_dead(rabbit.channel, own.queue, "nowhere") == 0
    await until(lambda: _has(rabbit, own.listening.dead, 1))
    assert await drop_dead(rabbit.channel, own.queue) == 1
    assert await rabbit.count(own.listening.dead) == 0


async def test_a_poison_message_is_handled_after_the_mend(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    consumer.fails = lambda _n: KeyError("our own bug")
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await until(lambda: _has(rabbit, own.listening.dead, 1))
    consumer.fails = lambda _n: None
    assert await requeue_dead(rabbit.channel, own.queue) == 1
    await consumer.has_handled(1)
    assert await rabbit.count(own.listening.dead) == 0


async def test_the_command_for_dead_letters_works(amqp_url: str, own: Own, rabbit: Rabbit) -> None:
    await _dead(rabbit, own, 2)
    said = [await _command(amqp_url, verb, own.queue) for verb in ("list", "requeue")]
    assert [code for code, _ in said] == [0, 0]
    assert "ValueError: 1" in said[0][1]
    assert "2 dead letters" in said[1][1]
    await until(lambda: _has(rabbit, own.queue, 2))


async def test_a_dead_letter_whose_queue_is_gone_stays(amqp_url: str, own: Own, rabbit: Rabbit) -> None:
    await _dead(rabbit, own, 1)
    await rabbit.channel.queue_delete(own.queue)
    code, _ = await _command(amqp_url, "requeue", own.queue)
    assert code
    await until(lambda: _has(rabbit, own.listening.dead, 1))


async def test_a_message_that_rabbitmq_set_aside_itself_has_its_reason_too(
    own: Own, rabbit: Rabbit, capsys: pytest.CaptureFixture[str]
) -> None:
    await rabbit.say(own.kind, 1)
    queue = await rabbit.channel.declare_queue(own.queue, passive=True)

    async def is_dead() -> bool:
        if message := await queue.get(fail=False):
            await message.reject(requeue=True)
        return await _has(rabbit, own.listening.dead, 1)

    await until(is_dead)
    assert await list_dead(rabbit.channel, own.queue) == 1
    assert "delivery_limit" in capsys.readouterr().out


async def _command(amqp_url: str, verb: str, queue: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "chassis.dead", verb, queue),
        env={"AMQP_URL": amqp_url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def _has(rabbit: Rabbit, queue: str, count: int) -> bool:
    return await rabbit.count(queue) == count
