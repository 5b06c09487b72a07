"""Messages nobody can make sense of: the others are not held up, and each is set aside with its reason."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any
from uuid import uuid4

import orjson
from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

from contracts.intake import SubmissionReceived
from contracts.queues import DEAD_EXCHANGE, EVENTS_EXCHANGE
from contracts.queues import TICKETS_ON_SUBMISSION_RECEIVED as HEARD
from deploy.local.services import ROOT
from tests.faults.product import Product
from tests.faults.recording import administrators_channel, copy_of, recording
from tests.faults.waiting import eventually

_ENVELOPE: dict[str, Any] = {
    "specversion": "1.0",
    "id": str(uuid4()),
    "source": "/services/intake",
    "type": SubmissionReceived.TYPE,
    "subject": "x",
    "time": "2026-01-01T00:00:00Z",
    "data": {},
}
_BAD = (
    b"",
    b"\xff\xfe not JSON",
    b"[" * 5000,
    b"null",
    orjson.dumps({**_ENVELOPE}),
    orjson.dumps({**_ENVELOPE, "source": "/services/clients"}),
    orjson.dumps({**_ENVELOPE, "specversion": "2.0"}),
    orjson.dumps({**_ENVELOPE, "data": {"submission_id": {"$ne": ""}}}),
)
_GOOD_FOR_EACH_BAD = 3


async def test_poison_is_set_aside_with_its_reason_and_holds_nobody_up(product: Product) -> None:
    async with (
        recording(product.stack.amqp_url) as events,
        administrators_channel(product.stack.amqp_url) as channel,
    ):
        async with product.under_load("poison") as ledger:
            for body in _BAD:
                await _publish(channel, EVENTS_EXCHANGE, SubmissionReceived.TYPE, _poison(body))
                await product.until_acknowledged(ledger, _GOOD_FOR_EACH_BAD)
        await eventually("all poison is set aside", lambda: _are_dead(product, len(_BAD)), 240)
        await _look_at_the_dead(channel)
        await _let_one_go_and_give_back_another(product, channel, events)
        listed = await _dead(product, "list")
        assert listed[-1] == f"{len(_BAD) - 1} dead letters: list"
        assert all(len(line.split("  ", 2)[2]) > 0 for line in listed[:-1])
        assert (await _dead(product, "drop"))[-1] == f"{len(_BAD) - 1} dead letters: drop"
    await product.assert_kept(ledger, poison=len(_BAD))


def _poison(body: bytes) -> Message:
    return Message(
        body,
        message_id=str(uuid4()),
        type=SubmissionReceived.TYPE,
        content_type="application/cloudevents+json",
        delivery_mode=DeliveryMode.PERSISTENT,
    )


async def _publish(channel: AbstractChannel, exchange: str, key: str, message: Message) -> None:
    await (await channel.get_exchange(exchange, ensure=False)).publish(message, key)


async def _are_dead(product: Product, count: int) -> bool:
    return await product.witness.dead() == {HEARD.dead: count}


async def _look_at_the_dead(channel: AbstractChannel) -> None:
    """Each still says what it was, and why it is here."""
    dead = await channel.declare_queue(HEARD.dead, passive=True)
    letters = [await dead.get() for _ in _BAD]
    assert sorted(letter.body for letter in letters) == sorted(_BAD)
    assert all(letter.headers["x-reason"] and letter.headers["x-queue"] == HEARD.queue for letter in letters)
    for letter in letters:
        await letter.reject(requeue=True)


async def _let_one_go_and_give_back_another(
    product: Product, channel: AbstractChannel, events: list[AbstractIncomingMessage]
) -> None:
    """A letter whose reason is mended becomes the ticket it was meant to be."""
    heard = next(
        event for event in events if event.type == SubmissionReceived.TYPE and event.body not in _BAD
    )
    body = orjson.loads(heard.body)
    body["data"] |= {"submission_id": str(uuid4()), "title": "Mended"}
    mended = copy_of(orjson.dumps(body), heard)
    mended.message_id = str(uuid4())
    await _publish(channel, DEAD_EXCHANGE, HEARD.queue, mended)
    assert (await _dead(product, "requeue", "--id", mended.message_id))[-1] == "1 dead letters: requeue"

    async def is_there() -> bool:
        return "Mended" in (await product.witness.see()).titles.values()

    await eventually("the mended letter is a ticket", is_there)
    letters = await _dead(product, "list")
    first = letters[0].split("  ")[0]
    assert (await _dead(product, "drop", "--id", first))[-1] == "1 dead letters: drop"


async def _dead(product: Product, verb: str, *options: str) -> list[str]:
    """The lines `python -m chassis.dead` writes."""
    command = [sys.executable, "-m", "chassis.dead", verb, HEARD.queue, *options]
    environment = {"PATH": os.environ["PATH"], "AMQP_URL": product.stack.amqp_url}
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    return written.decode().splitlines()
