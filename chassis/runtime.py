"""One running service: its connections, its background tasks, and how they start and stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import structlog
from aio_pika.exceptions import AMQPError
from faststream.exceptions import FastStreamException
from faststream.rabbit import RabbitRouter
from prometheus_client import CollectorRegistry, Gauge, PlatformCollector, ProcessCollector
from pymongo.errors import PyMongoError

from chassis.broker import Publisher, consuming_broker
from chassis.clock import new_id
from chassis.commits import Commits
from chassis.delivery import Delivery
from chassis.health import Health
from chassis.lease import Lease
from chassis.mongo import Collection, connect, database, heed_cancellation
from chassis.principal import Verifier
from chassis.relay import Relay
from chassis.settings import Settings
from chassis.watchdog import Watchdog, ready_messages
from contracts.queues import Listening, is_heard

_log = structlog.get_logger(__name__)
_TRY_AGAIN_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0
_STOPPING_ROUNDS = 10

Prepare = Callable[[], Awaitable[None]]
Work = Callable[[], Coroutine[Any, Any, None]]


class Runtime:
    """Made before the loop runs, started in the application's lifespan.

    Serving does not wait for MongoDB or RabbitMQ: each comes when it comes, and `/readyz` tells.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.settings = settings
        self.identity = new_id()
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.health = Health(self.registry)
        self._commits = Commits()
        self.client = connect(settings.mongodb_url.get_secret_value(), self._commits)
        self.database = database(self.client, settings.mongodb_database)
        self.verifier = Verifier(settings.principal_public_key.get_secret_value())
        self.publisher = Publisher(settings.amqp_url.get_secret_value(), name)
        self._delivery = Delivery(self.publisher, retry_pauses=settings.retry_pauses)
        self.consumer = consuming_broker(
            settings.amqp_url.get_secret_value(), name, self.registry, [self._delivery.middleware()]
        )
        self._heard: list[Listening] = []
        self._prepare: list[Prepare] = []
        self._relays: list[Relay] = []
        self._alongside: list[tuple[Prepare, Prepare]] = []
        self._background: list[Work] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._fallen: set[asyncio.Task[None] | None] = set()
        self._listening: asyncio.Task[None] | None = None
        self._consuming = asyncio.Event()
        self._prepared = asyncio.Event()
        # Set when the process is told to stop: answers that wait for something end, so that it can.
        self.stopping = asyncio.Event()
        self.health.require("mongodb", self._check_mongodb)
        self.health.require("prepared", self._check_prepared)
        self.health.require("tasks", self._check_tasks)
        self.health.advise("rabbitmq", self.publisher.probe)

    def prepare(self, step: Prepare) -> None:
        """Run once MongoDB is there (again after an outage), before anything is relayed or consumed."""
        self._prepare.append(step)

    def background(self, task: Work) -> None:
        """Run from start to stop, beside the requests; begun again should it fail."""
        self._background.append(task)

    def alongside(self, start: Prepare, stop: Prepare) -> None:
        """Something that is there from the first request to the last, whatever MongoDB and RabbitMQ do."""
        self._alongside.append((start, stop))

    def relay(self, collection: Collection) -> None:
        """Publish the outboxes of this collection's documents."""
        lease = Lease(self.database, f"relay.{collection.name}", self.identity)
        relay = Relay(collection, self.publisher, lease, is_heard)
        self._relays.append(relay)
        self._commits.listen(collection.name, relay.wake)
        self.prepare(relay.prepare)

    def subscribe(
        self,
        router: RabbitRouter,
        heard: Sequence[Listening],
        *,
        too_early: Sequence[type[Exception]] = (),
        **stores: object,
    ) -> None:
        """Consume with these subscribers; `stores` are what they ask for by `Store()`.

        `too_early`: raised when what a message is about has not come yet, which is nobody's mistake.
        """
        self._delivery.expect_too_early(*too_early)
        self.health.advise("consuming", self._check_consuming)
        self.consumer.include_router(router)
        self._heard.extend(heard)
        for name, store in stores.items():
            self.consumer.context.set_global(name, store)

    async def start(self) -> None:
        for start, _ in self._alongside:
            await start()
        self.publisher.start()
        self._watch_gauges()
        self._spawn(self._come_up)

    async def stop(self) -> None:
        """Finish the messages in hand, then let go; what is not published yet stays in the outbox."""
        if self._listening:
            await _end([self._listening])
        await self._stop_consuming()
        await _end(self._tasks)
        # Only now: a lease that is still being renewed would be taken again, and the next replica wait.
        for relay in self._relays:
            await relay.stop()
        for _, stop in self._alongside:
            await stop()
        await self.publisher.stop()
        await self.client.close()

    async def _come_up(self) -> None:
        for step in self._prepare:
            await _until_done(step)
        self._prepared.set()
        for relay in self._relays:
            self._spawn(relay.run)
        for task in self._background:
            self._spawn(task)
        if self._heard:
            self._listening = self._spawn(self._listen)
        _log.info("up", service=self.name)

    async def _listen(self) -> None:
        await self._consume()
        queues = [listening.queue for listening in self._heard]
        await Watchdog(self.consumer, queues, self._delivery, self._consume).run()

    async def _consume(self) -> None:
        """Anew. RabbitMQ takes connections before all its queues are back: a missing one is waited for."""
        self._consuming.clear()
        while not self._consuming.is_set():
            await self._stop_consuming()
            try:
                await self.consumer.start()
            except (AMQPError, FastStreamException, OSError, RuntimeError, TimeoutError) as error:
                _log.warning("consuming waits for RabbitMQ", error=f"{type(error).__name__}: {error}"[:200])
                await asyncio.sleep(_TRY_AGAIN_SECONDS)
            else:
                self._consuming.set()

    async def _stop_consuming(self) -> None:
        """Whoever cannot say so to RabbitMQ has stopped all the same: what they had in hand comes again."""
        try:
            await self.consumer.stop()
        except* (AMQPError, OSError, RuntimeError, TimeoutError) as errors:
            _log.warning("a consumer could not take its leave", errors=str(errors.exceptions)[:200])

    def _spawn(self, work: Work) -> asyncio.Task[None]:
        task = asyncio.create_task(self._keep_up(work))
        self._tasks.append(task)
        return task

    async def _keep_up(self, work: Work) -> None:
        """A task that dies of our own mistake is begun again, later each time; meanwhile we are not ready."""
        task, pause = asyncio.current_task(), _TRY_AGAIN_SECONDS
        while True:
            try:
                await work()
            except Exception as error:
                _log.critical("background task died", exc_info=error, pause=pause)
            else:
                return
            self._fallen.add(task)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            self._fallen.discard(task)

    async def _check_mongodb(self) -> None:
        await self.database.command("ping")

    async def _check_prepared(self) -> None:
        if not self._prepared.is_set():
            raise RuntimeError("still coming up")

    async def _check_tasks(self) -> None:
        """Without its relay or consumer the process is not what it says it is, however well it answers."""
        if self._fallen:
            raise RuntimeError("a background task died")

    async def _check_consuming(self) -> None:
        if not self._consuming.is_set():
            raise RuntimeError("not consuming yet")

    def _watch_gauges(self) -> None:
        pending = Gauge(
            "helpdesk_outbox_pending", "Documents with events to publish.", registry=self.registry
        )
        oldest = Gauge("helpdesk_outbox_oldest_seconds", "Age of the oldest of them.", registry=self.registry)
        dead = Gauge("helpdesk_dead_letters", "Messages set aside.", ["queue"], registry=self.registry)

        async def refresh_outbox() -> None:
            backlogs = [await relay.backlog() for relay in self._relays]
            pending.set(sum(count for count, _ in backlogs))
            oldest.set(max((age for _, age in backlogs), default=0.0))

        async def refresh_dead() -> None:
            for listening in self._heard:
                dead.labels(listening.queue).set(await ready_messages(self.consumer, listening.dead))

        self.health.before_scrape(refresh_outbox)
        self.health.before_scrape(refresh_dead)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Told again until they end, for a cancellation may be swallowed (mongo.heed_cancellation)."""
    running = set(tasks)
    for _ in range(_STOPPING_ROUNDS):
        for task in running:
            task.cancel()
        running = (await asyncio.wait(running, timeout=1.0))[1] if running else running
    if running:
        _log.error("background tasks do not end", count=len(running))


async def _until_done(step: Prepare) -> None:
    while True:
        heed_cancellation()
        try:
            await step()
        except PyMongoError as error:
            _log.warning("preparing waits for MongoDB", error=str(error)[:200])
            await asyncio.sleep(_TRY_AGAIN_SECONDS)
        else:
            return
