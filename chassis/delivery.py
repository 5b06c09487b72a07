"""What becomes of a message whose handling fails: an outage is waited out, a poison message is set aside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import structlog
from faststream import BaseMiddleware
from faststream.rabbit.message import RabbitMessage

from chassis.broker import NotConfirmedError, Publisher, topic
from chassis.problems import OUTAGES
from contracts.queues import DEAD_EXCHANGE, PROBE_EXCHANGE, RETRY_EXCHANGE

_log = structlog.get_logger(__name__)

# Pauses between the attempts at one message, in seconds: one TTL queue each (topology.py).
RETRY_PAUSES: tuple[float, ...] = (1, 5, 30)
ATTEMPTS = 5
_ATTEMPT_HEADER = "x-attempt"
# What a message is about may be late by as much as a backlog: after a day it is not coming.
_EARLY_TIMES = 24 * 60 * 60 // 30
_EARLY_HEADER = "x-early"
_OUTAGE_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
# Held in hand so long at most, then parked in the longest retry queue: RabbitMQ takes back after 30 minutes.
_HOLD_SECONDS = 600.0
_LONGEST_REASON = 500
# What RabbitMQ writes about earlier deaths and deliveries: on a copy it would be taken for its own.
_BROKERS_HEADERS = ("x-death", "x-first-death", "x-last-death", "x-delivery", "x-acquired")

Handle = Callable[[Any], Awaitable[Any]]


class Delivery:
    """Settles each message of a consuming broker; made into its middleware by `middleware`."""

    def __init__(
        self,
        publisher: Publisher,
        *,
        retry_pauses: Sequence[float] = RETRY_PAUSES,
        hold_seconds: float = _HOLD_SECONDS,
        too_early: Iterable[type[Exception]] = (),
    ) -> None:
        """`too_early`: what a handler raises when what the message is about has not come here yet."""
        self._publisher = publisher
        self._pauses = retry_pauses
        self._hold_seconds = hold_seconds
        self._too_early = set(too_early)
        self.last_settled: dict[str, float] = {}
        self.in_hand: dict[str, int] = {}

    def expect_too_early(self, *reasons: type[Exception]) -> None:
        self._too_early.update(reasons)

    def middleware(self) -> Callable[..., BaseMiddleware]:
        settle = self.settle

        class _Settling(BaseMiddleware):
            async def consume_scope(self, call_next: Handle, msg: Any) -> Any:
                await settle(call_next, msg, self.context.get("handler_").queue.name)

        return _Settling

    async def settle(self, handle: Handle, message: RabbitMessage, queue: str) -> None:
        """Handle, then acknowledge. A cancelled handler acknowledges nothing, so the message comes again."""
        if message.raw_message.type == PROBE_EXCHANGE:
            await message.ack()
            return
        self.in_hand[queue] = self.in_hand.get(queue, 0) + 1
        try:
            await self._handle(handle, message, queue)
            await message.ack()
        finally:
            self.in_hand[queue] -= 1
            self.last_settled[queue] = time.monotonic()

    async def _handle(self, handle: Handle, message: RabbitMessage, queue: str) -> None:
        try:
            outlasted = await _through_outages(handle, message, self._hold_seconds)
        except Exception as reason:
            if isinstance(reason, tuple(self._too_early)) and _counted(message, _EARLY_HEADER) < _EARLY_TIMES:
                await self._try_again(message, queue, _EARLY_HEADER)
                return
            attempt = _counted(message, _ATTEMPT_HEADER) + 1
            _log.warning("message failed", queue=queue, attempt=attempt, exc_info=reason)
            if attempt < ATTEMPTS:
                await self._try_again(message, queue, _ATTEMPT_HEADER)
            else:
                await self._bury(message, queue, reason)
        else:
            if outlasted:
                await self._park(message, queue, message.headers, self._pauses[-1])

    async def _try_again(self, message: RabbitMessage, queue: str, counting: str) -> None:
        """After a pause that grows with what the header `counting` counts."""
        count = _counted(message, counting) + 1
        pause = self._pauses[min(count, len(self._pauses)) - 1]
        await self._park(message, queue, {**message.headers, counting: count}, pause)

    async def _park(self, message: RabbitMessage, queue: str, headers: dict[str, Any], pause: float) -> None:
        """A copy comes back to the same queue after `pause` seconds; confirmed before the original goes."""
        await self._copy(message, retry_name(pause), queue, headers)

    async def _bury(self, message: RabbitMessage, queue: str, reason: Exception) -> None:
        why = f"{type(reason).__name__}: {reason}"[:_LONGEST_REASON]
        afresh = {_ATTEMPT_HEADER: 0, _EARLY_HEADER: 0}
        headers = {**message.headers, **afresh, "x-reason": why, "x-queue": queue}
        _log.error("message is dead", queue=queue, message_id=message.message_id, reason=why)
        await self._copy(message, DEAD_EXCHANGE, queue, headers)

    async def _copy(self, message: RabbitMessage, exchange: str, queue: str, headers: dict[str, Any]) -> None:
        """Tried until it is confirmed: an original neither settled nor handled would be stuck in hand."""
        kept = {name: value for name, value in headers.items() if not name.startswith(_BROKERS_HEADERS)}
        for pause in _growing_pauses():
            try:
                await self._publisher.publish(
                    message.body,
                    exchange=topic(exchange),
                    routing_key=queue,
                    headers=kept,
                    message_id=message.message_id,
                    message_type=message.raw_message.type,
                    content_type=message.content_type,
                    mandatory=True,
                )
            except NotConfirmedError as error:
                _log.warning("message cannot be put aside yet", queue=queue, error=str(error), pause=pause)
                await asyncio.sleep(pause)
            else:
                return


def retry_name(pause: float) -> str:
    """The exchange and the queue in which a message waits `pause` seconds."""
    return f"{RETRY_EXCHANGE}.{pause:g}s"


def _growing_pauses() -> Iterator[float]:
    return chain(_OUTAGE_PAUSES, repeat(_OUTAGE_PAUSES[-1]))


async def _through_outages(handle: Handle, message: RabbitMessage, hold_seconds: float) -> bool:
    """Handle it as soon as the storage is there; True if the outage outlasted our hold on the message."""
    began = time.monotonic()
    for pause in _growing_pauses():
        try:
            await handle(message)
        except OUTAGES as error:
            if time.monotonic() - began > hold_seconds:
                return True
            _log.info("storage is away, the message waits", error=type(error).__name__, pause=pause)
            await asyncio.sleep(pause)
        else:
            return False
    raise AssertionError("the pauses never end")


def _counted(message: RabbitMessage, header: str) -> int:
    count = message.headers.get(header, 0)
    return count if isinstance(count, int) else 0
