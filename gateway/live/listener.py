"""Hears every ticket event on a queue of this process's own."""

from __future__ import annotations

import asyncio

import aio_pika
import structlog
from aio_pika.abc import AbstractExchange, AbstractIncomingMessage
from aio_pika.exceptions import AMQPError

from chassis.broker import with_heartbeat
from chassis.clock import new_id
from contracts.queues import EVENTS_EXCHANGE
from gateway.live.heard import Heard
from gateway.live.hub import Hub
from gateway.live.presence import Seen

_log = structlog.get_logger(__name__)

QUEUE_PREFIX = "gateway.live."
_HEARD = "helpdesk.ticket.*.v1"
# Of the gateway's own making, and gone with the moment: no event of the product, in no queue but these.
_PRESENCE = "helpdesk.staff.present.v1"
_CONNECT_SECONDS = 5.0
_MOST_SAID_AT_ONCE = 200
_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0)
# An exclusive queue lives and dies with its connection; if somebody deletes it, we notice this soon.
_LOOK_EVERY_SECONDS = 15.0


class Listener:
    """The queue is exclusive to this process: each of the gateway's replicas hears everything."""

    def __init__(self, url: str, hub: Hub) -> None:
        self._url = with_heartbeat(url)
        self._hub = hub
        self._failures = 0
        self._others: AbstractExchange | None = None
        self._saying: set[asyncio.Task[None]] = set()
        self.is_listening = False

    async def run(self) -> None:
        """Listen until cancelled, through every outage of RabbitMQ."""
        while True:
            try:
                await self._listen()
            except (AMQPError, OSError, RuntimeError, TimeoutError) as error:
                _log.warning("live events are not heard", error=f"{type(error).__name__}: {error}"[:200])
            finally:
                self.is_listening = False
                self._others = None
            await asyncio.sleep(_PAUSES_SECONDS[min(self._failures, len(_PAUSES_SECONDS) - 1)])
            self._failures += 1

    async def check(self) -> None:
        """For readiness: raises while nothing is heard."""
        if not self.is_listening:
            raise RuntimeError("not listening")

    def tell(self, body: bytes) -> None:
        """Where a tab is, to the other replicas; who does not hear it now hears it again in some seconds."""
        if self._others is not None and len(self._saying) < _MOST_SAID_AT_ONCE:
            saying = asyncio.create_task(self._tell(self._others, body))
            self._saying.add(saying)
            saying.add_done_callback(self._saying.discard)

    async def _tell(self, others: AbstractExchange, body: bytes) -> None:
        message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.NOT_PERSISTENT)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await others.publish(message, _PRESENCE, mandatory=False)
        except (AMQPError, OSError, RuntimeError, TimeoutError) as error:
            _log.info("the other replicas are not told", error=type(error).__name__)

    async def _listen(self) -> None:
        connection = await aio_pika.connect(self._url, timeout=_CONNECT_SECONDS)
        async with connection:
            closed = asyncio.Event()
            channel = await connection.channel(publisher_confirms=False)
            for closing in (connection, channel):
                closing.close_callbacks.add(lambda *_: closed.set())
            name = f"{QUEUE_PREFIX}{new_id()}"
            queue = await channel.declare_queue(name, exclusive=True, auto_delete=True, durable=False)
            await queue.bind(EVENTS_EXCHANGE, _HEARD)
            await queue.bind(EVENTS_EXCHANGE, _PRESENCE)
            # From here nothing is missed; whatever was before, everybody reads afresh.
            self._hub.begin_anew()
            await queue.consume(self._on_message, no_ack=True)
            self.is_listening = True
            self._failures = 0
            # On a channel of its own: a publish that is refused closes its channel.
            telling = await connection.channel(publisher_confirms=False)
            self._others = await telling.get_exchange(EVENTS_EXCHANGE, ensure=False)
            while not closed.is_set():
                try:
                    async with asyncio.timeout(_LOOK_EVERY_SECONDS):
                        await closed.wait()
                except TimeoutError:
                    await channel.declare_queue(name, exclusive=True, passive=True)

    async def _on_message(self, message: AbstractIncomingMessage) -> None:
        if message.routing_key == _PRESENCE:
            if seen := Seen.parse(message.body):
                self._hub.hear_of(seen)
            return
        heard = Heard.parse(message.body)
        if heard is None:
            _log.warning("an event is not understood", message_id=message.message_id, type=message.type)
            return
        self._hub.publish(heard)
