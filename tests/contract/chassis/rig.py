"""A listening, an outbox and a consumer of one test's own on the real servers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar
from uuid import UUID, uuid4

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage
from faststream.rabbit import RabbitBroker
from prometheus_client import CollectorRegistry

from chassis.broker import Publisher, consuming_broker, listen
from chassis.clock import new_id, now
from chassis.delivery import Delivery
from chassis.mongo import Collection
from chassis.outbox import outbox_fields, with_outbox
from contracts.envelope import Envelope, Event, envelop
from contracts.queues import EVENTS_EXCHANGE, Listening

# As three pauses in production, only shorter.
PAUSES = (0.05, 0.1)
PATIENCE_SECONDS = 30.0


class Happened(Event):
    """A test's event: the how-manieth of its document."""

    SOURCE: ClassVar[str] = "/tests"

    document: UUID
    n: int

    @property
    def subject(self) -> str:
        return str(self.document)


def own_listening() -> tuple[Listening, type[Happened]]:
    """A queue of nobody else's, and the event it hears."""
    what = f"thing{uuid4().hex[:10]}.happened"
    key = f"helpdesk.{what}.v1"
    spoken = {"TYPE": key, "__annotations__": {"TYPE": ClassVar[str]}, "__module__": __name__}
    kind: type[Happened] = type("Happened", (Happened,), spoken)
    return Listening("tests", what, (key,)), kind


async def until(check: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    """Wait until it is so; the deadline is no measurement, only where hope ends."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = check()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.01)


async def add_document(
    collection: Collection, kind: type[Happened], numbers: Sequence[int], key: UUID | None = None
) -> UUID:
    """A document whose events wait in its outbox, one atomic write."""
    identity, at = key or new_id(), now()
    events = [kind(document=identity, n=n) for n in numbers]
    if key:
        await collection.update_one({"_id": key}, with_outbox({"$set": {"changed": at}}, events, at))
    else:
        await collection.insert_one({"_id": identity, **outbox_fields(events, at)})
    return identity


class Heard:
    """What came out of a queue, in order."""

    def __init__(self) -> None:
        self.events: list[Envelope[Happened]] = []

    def numbers(self, document: UUID) -> list[int]:
        return [event.data.n for event in self.events if event.data.document == document]

    def ids(self) -> list[UUID]:
        return [event.id for event in self.events]


class Consumer:
    """A consuming broker with our delivery, and one subscriber that does what the test says."""

    def __init__(self, url: str, publisher: Publisher, listening: Listening, **options: Any) -> None:
        self.delivery = Delivery(publisher, retry_pauses=PAUSES, **options)
        self.broker: RabbitBroker = consuming_broker(
            url, "tests", CollectorRegistry(), [self.delivery.middleware()]
        )
        self.listening = listening
        self.tried: list[int] = []
        self.handled: list[int] = []
        self.fails: Callable[[int], Exception | None] = lambda _n: None
        self.holds: Callable[[int], Awaitable[None]] | None = None
        self.subscriber = self.broker.subscriber(listen(listening))
        self.subscriber(self._handle)

    async def _handle(self, event: Envelope[Happened]) -> None:
        n = event.data.n
        self.tried.append(n)
        if self.holds:
            await self.holds(n)
        if error := self.fails(n):
            raise error
        self.handled.append(n)

    async def has_handled(self, *numbers: int) -> None:
        await until(lambda: set(numbers) <= set(self.handled))


class Rabbit:
    """The administrator's view of RabbitMQ."""

    def __init__(self, channel: AbstractChannel) -> None:
        self.channel = channel

    async def publish(self, key: str, body: bytes, **options: Any) -> str:
        exchange = await self.channel.get_exchange(EVENTS_EXCHANGE)
        identity = str(new_id())
        message = aio_pika.Message(
            body,
            **{
                "message_id": identity,
                "type": key,
                "content_type": "application/cloudevents+json",
                "delivery_mode": aio_pika.DeliveryMode.PERSISTENT,
                **options,
            },
        )
        await exchange.publish(message, routing_key=key)
        return identity

    async def say(self, kind: type[Happened], n: int, *, source: str | None = None, **options: Any) -> str:
        envelope = envelop(kind(document=new_id(), n=n), event_id=new_id(), time=now())
        said = {**envelope.model_dump(mode="json"), "source": source or kind.SOURCE}
        return await self.publish(kind.TYPE, json.dumps(said).encode(), **options)

    async def count(self, queue: str) -> int:
        declared = await self.channel.declare_queue(queue, passive=True)
        return declared.declaration_result.message_count or 0

    async def take(self, queue: str) -> AbstractIncomingMessage:
        """The next message, waited for, and acknowledged."""
        declared = await self.channel.declare_queue(queue, passive=True)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (message := await declared.get(fail=False)) is None:  # noqa: ASYNC110 - polled
                await asyncio.sleep(0.01)
        await message.ack()
        return message

    async def hear(self, queue: str, heard: Heard) -> None:
        """Take what comes from now on, in order."""

        async def take(message: AbstractIncomingMessage) -> None:
            said = json.loads(message.body)
            heard.events.append(Envelope[Happened].model_validate(said))
            await message.ack()

        await (await self.channel.declare_queue(queue, passive=True)).consume(take)


@asynccontextmanager
async def rabbit_at(url: str) -> AsyncIterator[Rabbit]:
    connection = await aio_pika.connect(url)
    async with connection:
        yield Rabbit(await connection.channel())
