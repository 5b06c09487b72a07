"""Notices a consumer that is no longer there although its messages are, and connects it anew.

Consumers missing after a reconnect have been reported (FastStream #2758; aio-pika #231, #577, #632).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aio_pika.exceptions import AMQPError
from faststream.exceptions import FastStreamException
from faststream.rabbit import Channel, RabbitBroker

from chassis.delivery import Delivery

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 5.0
_STALLED_LOOKS = 3
_LOOKING = Channel(publisher_confirms=False)


class Watchdog:
    """Stalled means: messages are ready, none is in hand, and none was settled, several looks in a row."""

    def __init__(
        self,
        broker: RabbitBroker,
        queues: Sequence[str],
        delivery: Delivery,
        restart: Callable[[], Awaitable[None]],
        *,
        look_every: float = _LOOK_EVERY_SECONDS,
    ) -> None:
        self._broker = broker
        self._queues = queues
        self._delivery = delivery
        self._restart = restart
        self._look_every = look_every
        self._stalled: dict[str, int] = {}

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._look_every)
            try:
                if any([await self._is_stalled(queue) for queue in self._queues]):
                    _log.warning("a consumer is gone, connecting anew", looks=self._stalled)
                    self._stalled.clear()
                    await self._restart()
            except (AMQPError, FastStreamException, OSError, RuntimeError, TimeoutError) as error:
                _log.info("watchdog cannot look", error=type(error).__name__)

    async def _is_stalled(self, queue: str) -> bool:
        async with asyncio.timeout(_LOOK_EVERY_SECONDS):
            ready = await ready_messages(self._broker, queue)
        recent = time.monotonic() - self._delivery.last_settled.get(queue, 0.0) < self._look_every
        idle = ready and not self._delivery.in_hand.get(queue) and not recent
        self._stalled[queue] = self._stalled.get(queue, 0) + 1 if idle else 0
        return self._stalled[queue] >= _STALLED_LOOKS


async def ready_messages(broker: RabbitBroker, queue: str) -> int:
    """How many messages wait in a queue, undelivered."""
    # A call that is cancelled takes its channel along: not the one that consumers hang on.
    channel = await broker.config.channel_manager.get_channel(_LOOKING)
    declared = await channel.declare_queue(queue, passive=True, robust=False)
    return int(declared.declaration_result.message_count or 0)
