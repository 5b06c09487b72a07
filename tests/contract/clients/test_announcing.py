"""What clients says, as it arrives through RabbitMQ."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aio_pika
import pytest
from aio_pika.abc import AbstractIncomingMessage, AbstractQueue

from contracts.clients import CompanySaved, DeviceEnrolled, DeviceRevoked, PersonSaved
from contracts.envelope import Envelope
from contracts.queues import EVENTS_EXCHANGE
from tests.contract.clients.service import Service, eventually


@pytest.fixture
async def heard(amqp_url: str) -> AsyncIterator[AbstractQueue]:
    """All that is said on the exchange."""
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(EVENTS_EXCHANGE, "helpdesk.#")
        yield queue


async def test_an_enrolment_and_its_end_are_heard_in_order(
    announcing_service: Service, heard: AbstractQueue
) -> None:
    company = await announcing_service.company("ООО «Слышно»")
    device = (await announcing_service.enrol(await announcing_service.code(company))).body
    path = f"/devices/{device['device_id']}"
    assert (await announcing_service.call("DELETE", path)).status == 204
    messages = [await _next(heard) for _ in range(4)]
    by_type = {str(message.type): message for message in messages}
    assert set(by_type) == {CompanySaved.TYPE, PersonSaved.TYPE, DeviceEnrolled.TYPE, DeviceRevoked.TYPE}
    assert [message.type for message in messages if "device" in str(message.type)] == [
        DeviceEnrolled.TYPE,
        DeviceRevoked.TYPE,
    ]
    enrolled = Envelope[DeviceEnrolled].model_validate_json(by_type[DeviceEnrolled.TYPE].body)
    assert enrolled.data.token_hash == device["token_hash"]
    assert device["token"].encode() not in b"".join(message.body for message in messages)
    revoked = Envelope[DeviceRevoked].model_validate_json(by_type[DeviceRevoked.TYPE].body)
    assert (revoked.data.version, revoked.data.revoked) == (2, True)


async def test_what_was_heard_is_in_the_outbox_no_more(
    announcing_service: Service, heard: AbstractQueue
) -> None:
    company = await announcing_service.company()
    message = await _next(heard)
    assert message.routing_key == message.type == CompanySaved.TYPE
    assert message.message_id

    async def emptied() -> bool:
        return not await announcing_service.events("companies", company["id"])

    assert await eventually(emptied)


async def _next(queue: AbstractQueue) -> AbstractIncomingMessage:
    return await eventually(lambda: queue.get(fail=False, no_ack=True))
