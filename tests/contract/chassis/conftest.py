"""A queue, a database and a way to RabbitMQ and MongoDB that can be cut, for each test anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

from chassis import lease
from chassis.broker import Publisher
from chassis.logs import configure_logs
from chassis.mongo import Client, Database, connect, database
from chassis.topology import declare_topology
from contracts.queues import Listening
from tests.contract.chassis.rig import PAUSES, Consumer, Happened, Rabbit, own_listening, rabbit_at, until
from tests.contract.chassis.tcp_proxy import TcpProxy


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """As the services write them: the default of structlog prints pages for each failure."""
    configure_logs("tests", level="WARNING", layout="json")


@pytest.fixture(autouse=True)
def patient_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk may stall for longer than a lease lasts."""
    monkeypatch.setattr(lease, "LIFETIME_SECONDS", 60.0)


@pytest.fixture
async def rabbit(amqp_url: str) -> AsyncIterator[Rabbit]:
    async with rabbit_at(amqp_url) as rabbit:
        yield rabbit


@dataclass
class Own:
    """What a test says and where it is heard."""

    listening: Listening
    kind: type[Happened]

    @property
    def queue(self) -> str:
        return self.listening.queue


@pytest.fixture
async def own(amqp_url: str, rabbit: Rabbit) -> AsyncIterator[Own]:
    listening, kind = own_listening()
    await declare_topology(amqp_url, [listening], [], retry_pauses=PAUSES)
    yield Own(listening, kind)
    for queue in (listening.queue, listening.dead):
        await rabbit.channel.queue_delete(queue)


@pytest.fixture
async def client(mongo_url: str) -> AsyncIterator[Client]:
    client = connect(mongo_url)
    yield client
    await client.close()


@pytest.fixture
async def kept(client: Client) -> AsyncIterator[Database]:
    name = f"chassis_{uuid4().hex[:10]}"
    yield database(client, name)
    await client.drop_database(name)


async def connected(publisher: Publisher) -> Publisher:
    """Ready to publish."""

    async def answers() -> bool:
        try:
            await publisher.probe()
        except Exception:
            return False
        return True

    publisher.start()
    await until(answers)
    return publisher


@pytest.fixture
async def publisher(amqp_url: str) -> AsyncIterator[Publisher]:
    publisher = await connected(Publisher(amqp_url, "tests"))
    yield publisher
    await publisher.stop()


@pytest.fixture
async def consumer(amqp_url: str, publisher: Publisher, own: Own) -> AsyncIterator[Consumer]:
    """Made, not started: a test says first what becomes of which message."""
    consumer = Consumer(amqp_url, publisher, own.listening)
    yield consumer
    await consumer.broker.stop()


def through(proxy: TcpProxy, url: str) -> str:
    """The same URL by way of the proxy."""
    parts = urlsplit(url)
    credentials = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{proxy.port}"))


@pytest.fixture
async def rabbit_proxy(amqp_url: str) -> AsyncIterator[TcpProxy]:
    parts = urlsplit(amqp_url)
    proxy = TcpProxy(parts.hostname or "127.0.0.1", parts.port or 5672)
    await proxy.open()
    yield proxy
    await proxy.cut()


@pytest.fixture
async def mongo_proxy(mongo_url: str) -> AsyncIterator[TcpProxy]:
    parts = urlsplit(mongo_url)
    proxy = TcpProxy(parts.hostname or "127.0.0.1", parts.port or 27017)
    await proxy.open()
    yield proxy
    await proxy.cut()
