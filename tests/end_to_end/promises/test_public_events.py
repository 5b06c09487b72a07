"""What other systems can read: valid CloudEvents from any past moment, and nothing that is not theirs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from contracts.envelope import Envelope, Event
from contracts.feed import PUBLIC_EVENTS
from contracts.queues import FEED
from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Employee, Specialist

_PATIENCE_SECONDS = 20
_ATTRIBUTES = {"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"}
_TOLD = ("registered", "work_logged", "answered", "changed", "resolved")
_PUBLIC = {event.TYPE: event for event in PUBLIC_EVENTS}


async def test_the_feed_tells_a_tickets_life_without_its_notes(
    helpdesk: Stack, employee: Employee, specialist: Specialist
) -> None:
    sent = await employee.submit("Для других систем")
    entries = f"/tickets/{sent['number']}/entries"
    await specialist.done("POST", entries, json={"text": "секретная заметка"})
    await specialist.done("POST", entries, json={"text": "тайный труд", "minutes": 5})
    await specialist.done("POST", entries, json={"text": "открытый ответ", "public": True})
    await specialist.done("PATCH", f"/tickets/{sent['number']}", json={"status": "resolved"})

    messages = await _feed_until(helpdesk, sent["number"], {f"helpdesk.ticket.{what}.v1" for what in _TOLD})
    told = [_read(message) for message in messages]
    mine = [event for event in told if _number_in(event) == sent["number"]]
    types = [event["type"].removeprefix("helpdesk.").removesuffix(".v1") for event in mine]
    assert types[0] == "ticket.registered"
    assert set(types) == {f"ticket.{what}" for what in _TOLD}
    everything = json.dumps(told, ensure_ascii=False)
    assert "открытый ответ" in everything
    for hidden in ("секретная заметка", "тайный труд", "token", "password"):
        assert hidden not in everything


def _read(message: AbstractIncomingMessage) -> dict[str, Any]:
    """The event, once it is shown to be what the documentation says."""
    event: dict[str, Any] = json.loads(message.body)
    assert event.keys() >= _ATTRIBUTES
    assert message.message_id == event["id"]
    assert message.routing_key == message.type == event["type"]
    assert message.headers["traceparent"] == event["traceparent"]
    data = _PUBLIC[event["type"]].model_validate(event["data"])
    assert Envelope[Event].model_validate(event).subject == data.subject
    return event


def _number_in(event: dict[str, Any]) -> int | None:
    number: int | None = event["data"].get("ticket", {}).get("number")
    return number


async def _feed_until(helpdesk: Stack, number: int, wanted: set[str]) -> list[AbstractIncomingMessage]:
    """Everything on the feed from its beginning until this ticket's events of these types have come."""
    messages: list[AbstractIncomingMessage] = []
    missing = set(wanted)
    complete = asyncio.Event()

    async def read(message: AbstractIncomingMessage) -> None:
        await message.ack()
        messages.append(message)
        event = json.loads(message.body)
        if _number_in(event) == number:
            missing.discard(event["type"])
        if not missing:
            complete.set()

    connection = await aio_pika.connect(helpdesk.amqp_url)
    async with connection, asyncio.timeout(_PATIENCE_SECONDS):
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=100)
        feed = await channel.get_queue(FEED, ensure=False)
        await feed.consume(read, arguments={"x-stream-offset": "first"})
        await complete.wait()
    return messages
