"""RabbitMQ through FastStream: a broker to consume with and, apart from it, one to publish with."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import aio_pika
from aio_pika import RobustConnection
from aio_pika.exceptions import AMQPError, DeliveryError
from fast_depends.library import CustomField
from faststream import BaseMiddleware
from faststream.exceptions import FastStreamException
from faststream.middlewares import AckPolicy
from faststream.rabbit import Channel, ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue
from faststream.rabbit.message import RabbitMessage
from faststream.rabbit.opentelemetry import RabbitTelemetryMiddleware
from faststream.rabbit.prometheus import RabbitPrometheusMiddleware
from prometheus_client import CollectorRegistry

from contracts.queues import EVENTS_EXCHANGE, FEED, LISTENINGS, PROBE_EXCHANGE, Listening

# Larger than the longest pause of a healthy quorum queue, smaller than a human's patience.
_CONFIRM_SECONDS = 10.0
_RECONNECT_SECONDS = 1.0
# Without it a connection that is taken and never answered is waited for for ever.
_CONNECT_SECONDS = 10.0
_PREFETCH = 50


class NotConfirmedError(Exception):
    """The broker did not say that it has the message; it may have it all the same."""


def topic(name: str) -> RabbitExchange:
    return RabbitExchange(name, type=ExchangeType.TOPIC, durable=True, declare=False)


def listen(listening: Listening) -> RabbitQueue:
    """The queue of a listening, as a subscriber names it; it was declared by the step before traffic."""
    return RabbitQueue(listening.queue, declare=False, durable=True)


class _Connection(RobustConnection):
    """Given up with whoever opens it: by itself it would try again for ever, seen by nobody."""

    async def connect(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - aio_pika calls it so
        try:
            await super().connect(timeout)
        except asyncio.CancelledError:
            await self.close()
            raise


class _Broker(RabbitBroker):
    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(url, **options)
        self._connection_kwargs["connection_class"] = _Connection


class Store(CustomField):
    """What a subscriber asks for by name. FastStream's own Context is looked up in a thread each time."""

    def __init__(self, name: str) -> None:
        super().__init__(cast=False)
        self._name = name

    async def use(self, /, **asked: Any) -> dict[str, Any]:  # type: ignore[override]
        return {**asked, str(self.param_name): asked["context__"].get(self._name)}


_EVENTS = topic(EVENTS_EXCHANGE)
_PROBE = topic(PROBE_EXCHANGE)


def consuming_broker(
    url: str, service: str, registry: CollectorRegistry, middlewares: list[type[BaseMiddleware]] | list[Any]
) -> RabbitBroker:
    """Acknowledges by hand (see delivery.py), with bounded prefetch, and waits for an absent RabbitMQ."""
    return _Broker(
        with_heartbeat(url),
        fail_fast=False,
        timeout=_CONNECT_SECONDS,
        reconnect_interval=_RECONNECT_SECONDS,
        default_channel=Channel(prefetch_count=_PREFETCH),
        graceful_timeout=15.0,
        app_id=service,
        ack_policy=AckPolicy.MANUAL,
        decoder=_decode,
        logger=None,
        middlewares=[
            RabbitPrometheusMiddleware(registry=registry, app_name=service, metrics_prefix="helpdesk"),
            RabbitTelemetryMiddleware(),
            *middlewares,
        ],
    )


async def _decode(message: RabbitMessage) -> Any:
    """Structured CloudEvents have a content type of their own, which FastStream leaves undecoded."""
    return json.loads(message.body)


class Publisher:
    """Publishes persistently with confirms, each message under a deadline of its own.

    On a connection apart from the consumers': RabbitMQ holds back a whole connection under an alarm,
    and a publish to a missing exchange closes its channel.
    """

    def __init__(self, url: str, service: str) -> None:
        self._broker = _Broker(
            with_heartbeat(url),
            fail_fast=False,
            timeout=_CONNECT_SECONDS,
            reconnect_interval=_RECONNECT_SECONDS,
            default_channel=Channel(on_return_raises=True),
            app_id=service,
            logger=None,
        )
        self._connecting: asyncio.Task[RobustConnection] | None = None
        # The transport on which every queue was seen to be there; a reconnection makes a new one.
        self._complete_on: object = None
        self._looking = asyncio.Lock()

    def start(self) -> None:
        """Begin to connect; an absent RabbitMQ is waited for in the background."""
        self._connecting = asyncio.create_task(self._broker.connect())

    async def stop(self) -> None:
        if self._connecting and not self._connecting.done():
            self._connecting.cancel()
        await self._broker.stop()

    async def publish_event(
        self, body: bytes, *, event_id: UUID, event_type: str, traceparent: str | None, must_be_heard: bool
    ) -> None:
        """Publish one CloudEvent to helpdesk.events; raises NotConfirmedError.

        RabbitMQ takes connections before all its queues are back (a stream needs a second more), and an
        exchange passes over a queue that is not there yet, confirming all the same.
        """
        transport = await self._complete()
        await self.publish(
            body,
            exchange=_EVENTS,
            routing_key=event_type,
            message_id=str(event_id),
            message_type=event_type,
            content_type="application/cloudevents+json",
            headers={"traceparent": traceparent} if traceparent else {},
            mandatory=must_be_heard,
        )
        if self._connection().transport is not transport:
            raise NotConfirmedError("RabbitMQ came back meanwhile, perhaps without all its queues")

    async def _complete(self) -> object:
        """The present transport, once every queue was there on it; raises NotConfirmedError."""
        async with self._looking:
            connection = self._connection()
            transport = connection.transport
            if transport is None or transport is not self._complete_on:
                try:
                    async with asyncio.timeout(_CONFIRM_SECONDS):
                        await _see_all_queues(connection)
                except (AMQPError, OSError, RuntimeError, TimeoutError) as error:
                    raise NotConfirmedError(f"not all queues are there: {error}") from error
                self._complete_on = transport
        return transport

    def _connection(self) -> RobustConnection:
        if not self._connecting or not self._connecting.done():
            raise NotConfirmedError("not connected to RabbitMQ")
        return self._connecting.result()

    async def probe(self) -> None:
        """A confirmed round trip through the broker: unlike a ping it fails under a disk or memory alarm."""
        await self.publish(b"", exchange=_PROBE, routing_key="probe", mandatory=False)

    async def publish(self, body: bytes, *, exchange: RabbitExchange, **options: Any) -> None:
        """Publish persistently and wait for the confirm; raises NotConfirmedError."""
        self._connection()
        try:
            async with asyncio.timeout(_CONFIRM_SECONDS):
                await self._broker.publish(body, exchange=exchange, persist=True, **options)
        except DeliveryError as error:
            raise NotConfirmedError(f"no queue takes {options.get('routing_key')}") from error
        except (AMQPError, FastStreamException, OSError, RuntimeError, TimeoutError) as error:
            raise NotConfirmedError(f"{type(error).__name__}: {error}") from error
        except asyncio.CancelledError as error:
            # aiormq cancels the waiting for a confirm when the connection is lost; nobody cancelled us.
            if (task := asyncio.current_task()) and task.cancelling():
                raise
            raise NotConfirmedError("the connection was lost") from error


async def _see_all_queues(connection: RobustConnection) -> None:
    """Raises when one is missing. On a channel of its own, which a missing one closes."""
    async with aio_pika.Channel(connection, publisher_confirms=False) as channel:
        for name in (FEED, *(listening.queue for listening in LISTENINGS)):
            await channel.declare_queue(name, passive=True)


def with_heartbeat(url: str) -> str:
    """A silent network is noticed after some 20 s; the default would take minutes."""
    return url if "heartbeat=" in url else f"{url}{'&' if '?' in url else '?'}heartbeat=10"
