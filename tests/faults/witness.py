"""Looks at every place where a submission must show up: list, feed, requester, queues, outboxes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import aio_pika
import aiohttp
import orjson
from pymongo import AsyncMongoClient

from chassis.delivery import retry_name
from contracts.queues import FEED, LISTENINGS
from contracts.tickets import TicketRegistered
from deploy.local.stack import Stack
from tests.faults.ledger import Seen

_OUTBOXES = {
    "intake": ("submissions",),
    "tickets": ("tickets", "tellings"),
    "clients": ("companies", "people", "devices", "licences", "contracts"),
    "reporting": ("generations",),
    "faq": ("articles", "uses", "misses"),
    "gateway": ("staff",),
}
_PAGE = 200


class Witness:
    """Reads as everybody else does: staff and devices through the gateway, the feed by a plain consumer."""

    def __init__(self, stack: Stack, tokens: Sequence[str], pauses: Sequence[float]) -> None:
        self._stack = stack
        self._tokens = tokens
        self._retries = [retry_name(pause) for pause in pauses]

    async def see(self) -> Seen:
        seen = Seen()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            await self._sign_in(http)
            async for ticket in self._pages(http, "/tickets", {}):
                key = UUID(ticket["submission_id"])
                seen.tickets.setdefault(key, []).append(ticket["number"])
                seen.titles[key] = ticket["title"]
        async with aiohttp.ClientSession() as http:
            for token in self._tokens:
                bearer = {"Authorization": f"Bearer {token}"}
                async for submission in self._pages(http, "/submissions", bearer):
                    seen.numbers[UUID(submission["id"])] = submission["number"]
        await self._read_feed(seen)
        return seen

    async def _sign_in(self, http: aiohttp.ClientSession) -> None:
        body = {"login": "admin", "password": "demo"}
        async with http.post(f"{self._stack.url}/api/v1/session", json=body) as answer:
            answer.raise_for_status()

    async def _pages(
        self, http: aiohttp.ClientSession, path: str, headers: dict[str, str]
    ) -> AsyncIterator[dict[str, Any]]:
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            async with http.get(f"{self._stack.url}/api/v1{path}", params=query, headers=headers) as answer:
                answer.raise_for_status()
                page = await answer.json()
            for item in page["items"]:
                yield item
            if page["next"] is None:
                return
            query["cursor"] = page["next"]

    async def _read_feed(self, seen: Seen) -> None:
        """From the first offset to a mark of our own behind everything that is there now."""
        ids: set[str] = set()
        async for message in read_feed(self._stack.amqp_url):
            event = orjson.loads(message.body)
            if event["id"] in ids:
                seen.repeated_on_feed += 1
            ids.add(event["id"])
            if event["type"] == TicketRegistered.TYPE:
                key = UUID(event["data"]["ticket"]["submission_id"])
                seen.registered.setdefault(key, set()).add(event["id"])

    async def is_quiet(self) -> bool:
        """Nothing waits: not in an outbox, not in a queue."""
        return await self.outboxes() == 0 and not any((await self.queued()).values())

    async def outboxes(self) -> int:
        waiting = {"outbox_since": {"$exists": True}}
        async with AsyncMongoClient[dict[str, Any]](self._stack.mongodb_url) as client:
            return sum(
                [
                    await client[service][collection].count_documents(waiting)
                    for service, collections in _OUTBOXES.items()
                    for collection in collections
                ]
            )

    async def queued(self) -> dict[str, int]:
        """What waits to be tried again among it: it may yet die."""
        return await self._counts([*(listening.queue for listening in LISTENINGS), *self._retries])

    async def dead(self) -> dict[str, int]:
        """Queues with dead letters, and how many."""
        counts = await self._counts([listening.dead for listening in LISTENINGS])
        return {queue: count for queue, count in counts.items() if count}

    async def _counts(self, queues: Sequence[str]) -> dict[str, int]:
        connection = await aio_pika.connect(self._stack.amqp_url)
        async with connection:
            channel = await connection.channel()
            return {name: await _count(channel, name) for name in queues}


async def _count(channel: aio_pika.abc.AbstractChannel, queue: str) -> int:
    declared = await channel.declare_queue(queue, passive=True)
    return declared.declaration_result.message_count or 0


async def read_feed(amqp_url: str) -> AsyncIterator[aio_pika.abc.AbstractIncomingMessage]:
    """Everything on helpdesk.feed, as any AMQP client may read it; ends at a mark it publishes itself."""
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=200)
        mark = str(uuid4())
        last = aio_pika.Message(b"{}", type="tests.mark", message_id=mark)
        await channel.default_exchange.publish(last, routing_key=FEED)
        arrived: asyncio.Queue[aio_pika.abc.AbstractIncomingMessage] = asyncio.Queue()
        feed = await channel.get_queue(FEED, ensure=False)
        await feed.consume(arrived.put, arguments={"x-stream-offset": "first"})
        while (message := await arrived.get()).message_id != mark:
            await message.ack()
            if message.type != "tests.mark":
                yield message
