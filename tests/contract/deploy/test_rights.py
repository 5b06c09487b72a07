"""Each service's accounts reach its own database, its own queues and its own words, and nothing else."""

from __future__ import annotations

import aio_pika
import pytest
from aiormq.exceptions import ChannelAccessRefused
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure

from chassis.delivery import RETRY_PAUSES, retry_name
from contracts.queues import DEAD_EXCHANGE, EVENTS_EXCHANGE, FEED, LISTENINGS, Listening
from deploy.local.secret_store import SERVICES
from deploy.local.stack import Stack

_OWN_EVENT = {
    "intake": "helpdesk.submission.received.v1",
    "tickets": "helpdesk.ticket.changed.v1",
    "clients": "helpdesk.company.saved.v1",
    "reporting": "helpdesk.rebuild.wanted.v1",
    "faq": "helpdesk.article.published.v1",
    "gateway": "helpdesk.staff.saved.v1",
}
_PAIRS = [(one, other) for one in SERVICES for other in SERVICES if one != other]


@pytest.mark.parametrize(("service", "other"), _PAIRS)
async def test_a_service_cannot_read_another_ones_database(servers: Stack, service: str, other: str) -> None:
    async with AsyncMongoClient[dict[str, object]](servers.mongo.url(service)) as client:
        with pytest.raises(OperationFailure, match="not authorized"):
            await client[other]["anything"].find_one()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_can_write_its_own_database(servers: Stack, service: str) -> None:
    async with AsyncMongoClient[dict[str, object]](servers.mongo.url(service)) as client:
        kept = await client[service]["rights"].insert_one({"a": 1})
        assert await client[service]["rights"].find_one({"_id": kept.inserted_id})


@pytest.mark.parametrize(("service", "other"), _PAIRS)
async def test_a_service_cannot_say_what_another_one_says(servers: Stack, service: str, other: str) -> None:
    connection = await aio_pika.connect(servers.rabbit.url(service))
    async with connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(EVENTS_EXCHANGE, ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await exchange.publish(aio_pika.Message(b"{}"), _OWN_EVENT[other])


@pytest.mark.parametrize("listening", LISTENINGS, ids=lambda listening: listening.queue)
async def test_only_the_listener_reads_its_queue(servers: Stack, listening: Listening) -> None:
    for service in set(SERVICES) - {listening.listener}:
        connection = await aio_pika.connect(servers.rabbit.url(service))
        async with connection:
            channel = await connection.channel()
            queue = await channel.get_queue(listening.queue, ensure=False)
            with pytest.raises(ChannelAccessRefused):
                await queue.get(fail=False)


@pytest.mark.parametrize("exchange", [DEAD_EXCHANGE, *map(retry_name, RETRY_PAUSES)])
@pytest.mark.parametrize(("service", "other"), [("clients", "tickets"), ("tickets", "intake")])
async def test_no_service_comes_into_anothers_queue_by_a_way_round(
    servers: Stack, service: str, other: str, exchange: str
) -> None:
    queue = next(one.queue for one in LISTENINGS if one.listener == other)
    connection = await aio_pika.connect(servers.rabbit.url(service))
    async with connection:
        channel = await connection.channel()
        roundabout = await channel.get_exchange(exchange, ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await roundabout.publish(aio_pika.Message(b"{}"), queue)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_service_declares_a_queue_of_its_own(servers: Stack, service: str) -> None:
    connection = await aio_pika.connect(servers.rabbit.url(service))
    async with connection:
        channel = await connection.channel()
        with pytest.raises(ChannelAccessRefused):
            await channel.declare_queue("something.new", durable=True)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_service_writes_to_the_feed_directly(servers: Stack, service: str) -> None:
    connection = await aio_pika.connect(servers.rabbit.url(service))
    async with connection:
        channel = await connection.channel()
        with pytest.raises(ChannelAccessRefused):
            await channel.default_exchange.publish(aio_pika.Message(b"{}"), FEED)
