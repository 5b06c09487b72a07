"""What becomes of messages whose handling fails, on a real RabbitMQ."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import aio_pika
import pytest
from pymongo.errors import AutoReconnect, ServerSelectionTimeoutError

from chassis import delivery
from chassis.broker import Publisher
from chassis.delivery import ATTEMPTS
from contracts.queues import PROBE_EXCHANGE
from tests.contract.chassis.conftest import Own, connected, through
from tests.contract.chassis.rig import Consumer, Rabbit, until
from tests.contract.chassis.tcp_proxy import TcpProxy


async def _settled(rabbit: Rabbit, own: Own) -> None:
    """Nothing is in the queue any more, neither ready nor in hand."""

    async def empty() -> bool:
        return await rabbit.count(own.queue) == 0

    await until(empty)


async def test_a_handled_message_is_gone(own: Own, rabbit: Rabbit, consumer: Consumer) -> None:
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    await consumer.broker.stop()
    assert await rabbit.count(own.queue) == 0
    assert await rabbit.count(own.listening.dead) == 0


async def test_a_message_that_fails_once_is_tried_again(own: Own, rabbit: Rabbit, consumer: Consumer) -> None:
    consumer.fails = lambda n: ValueError("not yet") if consumer.tried.count(n) < 2 else None
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    assert consumer.tried == [1, 1]
    assert await rabbit.count(own.listening.dead) == 0


async def test_poison_is_dead_with_its_reason_and_holds_up_nobody(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    consumer.fails = lambda n: ValueError(f"{n} is bad") if n % 10 == 0 else None
    await consumer.broker.start()
    ids = [await rabbit.say(own.kind, n, headers={"traceparent": "00-1-2-01"}) for n in range(30)]
    await consumer.has_handled(*(n for n in range(30) if n % 10))
    letters = [await rabbit.take(own.listening.dead) for _ in range(3)]
    assert {letter.message_id for letter in letters} == {ids[0], ids[10], ids[20]}
    assert {str(letter.headers["x-reason"]) for letter in letters} == {
        "ValueError: 0 is bad",
        "ValueError: 10 is bad",
        "ValueError: 20 is bad",
    }
    assert {(letter.headers["x-queue"], letter.headers["traceparent"]) for letter in letters} == {
        (own.queue, "00-1-2-01")
    }
    assert {json.loads(letter.body)["data"]["n"] for letter in letters} == {0, 10, 20}
    assert all(letter.delivery_mode == aio_pika.DeliveryMode.PERSISTENT for letter in letters)
    assert Counter(consumer.tried)[10] == ATTEMPTS
    await _settled(rabbit, own)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"specversion": "1.0"}',
        b"[" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"9" * 10_000,
        b'{"id": "\\ud800"}',
        b"x" * 5_000_000,
    ],
    ids=[
        "empty",
        "cut",
        "list",
        "null",
        "no text",
        "no event",
        "deep",
        "nested",
        "number",
        "surrogate",
        "large",
    ],
)
async def test_what_is_no_event_is_dead_and_the_next_is_handled(
    own: Own, rabbit: Rabbit, consumer: Consumer, body: bytes
) -> None:
    await consumer.broker.start()
    identity = await rabbit.publish(own.kind.TYPE, body)
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    letter = await rabbit.take(own.listening.dead)
    assert (letter.message_id, letter.body) == (identity, body)
    assert letter.headers["x-reason"]
    assert consumer.tried == [1]


async def test_an_event_of_another_source_is_dead(own: Own, rabbit: Rabbit, consumer: Consumer) -> None:
    await consumer.broker.start()
    await rabbit.say(own.kind, 1, source="/services/tickets")
    letter = await rabbit.take(own.listening.dead)
    assert "is spoken by /tests" in str(letter.headers["x-reason"])
    assert consumer.tried == []


async def test_an_outage_of_the_storage_is_waited_out_and_kills_nothing(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    away = True

    def fails(n: int) -> Exception | None:
        return (AutoReconnect if n % 2 else ServerSelectionTimeoutError)("away") if away else None

    consumer.fails = fails
    await consumer.broker.start()
    for n in range(10):
        await rabbit.say(own.kind, n)
    await until(lambda: min(Counter(consumer.tried)[n] for n in range(10)) > 2)
    away = False
    await consumer.has_handled(*range(10))
    assert await rabbit.count(own.listening.dead) == 0
    assert sorted(consumer.handled) == list(range(10))


async def test_an_outage_longer_than_our_hold_parks_the_message_without_counting_it(
    amqp_url: str, publisher: Publisher, own: Own, rabbit: Rabbit
) -> None:
    consumer = Consumer(amqp_url, publisher, own.listening, hold_seconds=0.0)
    consumer.fails = lambda n: AutoReconnect("away") if consumer.tried.count(n) <= 3 * ATTEMPTS else None
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    assert await rabbit.count(own.listening.dead) == 0
    await consumer.broker.stop()


class TooEarly(Exception):  # noqa: N818 - a test's own
    """What the message is about has not come yet."""


async def test_a_message_that_came_too_early_waits_without_counting_as_failed(
    amqp_url: str, publisher: Publisher, own: Own, rabbit: Rabbit
) -> None:
    consumer = Consumer(amqp_url, publisher, own.listening, too_early=[TooEarly])
    consumer.fails = lambda n: TooEarly() if consumer.tried.count(n) <= 3 * ATTEMPTS else None
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    assert await rabbit.count(own.listening.dead) == 0
    await consumer.broker.stop()


async def test_what_a_message_is_about_is_not_awaited_for_ever(
    amqp_url: str, publisher: Publisher, own: Own, rabbit: Rabbit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "_EARLY_TIMES", 3)
    consumer = Consumer(amqp_url, publisher, own.listening, too_early=[TooEarly])
    consumer.fails = lambda _n: TooEarly("no such document")
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    letter = await rabbit.take(own.listening.dead)
    assert letter.headers["x-reason"] == "TooEarly: no such document"
    assert len(consumer.tried) == 3 + ATTEMPTS
    await consumer.broker.stop()


async def test_a_probe_is_no_message(own: Own, rabbit: Rabbit, consumer: Consumer) -> None:
    await consumer.broker.start()
    await rabbit.publish(own.kind.TYPE, b"", type=PROBE_EXCHANGE)
    await rabbit.say(own.kind, 1)
    await consumer.has_handled(1)
    await _settled(rabbit, own)
    assert consumer.tried == [1]
    assert await rabbit.count(own.listening.dead) == 0


async def test_a_message_that_cannot_be_put_aside_is_not_lost_and_not_stuck(
    amqp_url: str, own: Own, rabbit: Rabbit, rabbit_proxy: TcpProxy
) -> None:
    publisher = await connected(Publisher(through(rabbit_proxy, amqp_url), "tests"))
    consumer = Consumer(amqp_url, publisher, own.listening)
    consumer.fails = lambda _n: ValueError("bad")
    await consumer.broker.start()
    await rabbit_proxy.cut()
    await rabbit.say(own.kind, 1)
    await until(lambda: consumer.tried == [1])
    await rabbit_proxy.open()
    letter = await rabbit.take(own.listening.dead)
    assert letter.headers["x-reason"] == "ValueError: bad"
    await consumer.broker.stop()
    await publisher.stop()


async def test_a_message_in_hand_is_finished_when_the_consumer_stops(
    own: Own, rabbit: Rabbit, consumer: Consumer
) -> None:
    release = asyncio.Event()

    async def hold(_n: int) -> None:
        await release.wait()

    consumer.holds = hold
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await until(lambda: consumer.tried == [1])
    stopping = asyncio.create_task(consumer.broker.stop())
    await asyncio.sleep(0)
    release.set()
    await stopping
    assert consumer.handled == [1]
    assert await rabbit.count(own.queue) == 0


async def test_a_message_whose_connection_was_cut_comes_again(
    amqp_url: str, publisher: Publisher, own: Own, rabbit: Rabbit, rabbit_proxy: TcpProxy
) -> None:
    consumer = Consumer(through(rabbit_proxy, amqp_url), publisher, own.listening)
    release = asyncio.Event()

    async def hold(_n: int) -> None:
        await release.wait()

    consumer.holds = hold
    await consumer.broker.start()
    await rabbit.say(own.kind, 1)
    await until(lambda: consumer.tried == [1])
    await rabbit_proxy.cut()
    release.set()
    await consumer.has_handled(1)
    await rabbit_proxy.open()
    await until(lambda: consumer.tried.count(1) == 2)
    await rabbit.say(own.kind, 2)
    await consumer.has_handled(2)
    await _settled(rabbit, own)
    await consumer.broker.stop()
