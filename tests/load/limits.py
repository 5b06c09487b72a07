"""What this machine can do at this moment without any of our work: the bounds to measure ours against."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aio_pika
import orjson
import uvicorn
from bson import Binary
from pymongo import AsyncMongoClient, WriteConcern

from chassis.clock import new_id
from tests.load.wire import Driver, Load, get

_TASKS = 8


@dataclass(frozen=True)
class Limits:
    """Each per second, with 8 at once."""

    bare_json: float
    small_insert: float
    large_insert: float
    publish: float


async def measure_limits(
    driver: Driver, port: int, mongodb_url: str, amqp_url: str, *, body: int, seconds: float
) -> Limits:
    """`port` is free; `body` is the size of the large insert's bytes."""
    async with _bare_endpoint(port):
        bare = await driver.drive(Load(port, [get("/", {})], _TASKS, seconds))
    small, large = await _inserts(mongodb_url, body, seconds)
    return Limits(bare.per_second, small, large, await _publishes(amqp_url, seconds))


@asynccontextmanager
async def _bare_endpoint(port: int) -> AsyncIterator[None]:
    """uvicorn with the same parser and loop, and an application that only answers."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.load.limits", str(port))
    try:
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            except OSError:
                await asyncio.sleep(0.05)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _inserts(url: str, body: int, seconds: float) -> tuple[float, float]:
    """Majority-acknowledged and journaled, of a small document and of one with `body` bytes."""
    content = Binary(os.urandom(body))
    async with AsyncMongoClient[dict[str, object]](url, uuidRepresentation="standard") as client:
        durable = WriteConcern(w="majority", j=True)
        collection = client["bench_limits"].get_collection("inserts", write_concern=durable)
        small = await _rate(lambda: collection.insert_one({"_id": new_id(), "title": "limit"}), seconds)
        large = await _rate(lambda: collection.insert_one({"_id": new_id(), "data": content}), seconds)
        await client.drop_database("bench_limits")
    return small, large


async def _publishes(url: str, seconds: float) -> float:
    """Persistent, confirmed, to a quorum queue of its own."""
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(
            f"bench.limits.{new_id()}", durable=True, arguments={"x-queue-type": "quorum"}
        )
        message = aio_pika.Message(b"x" * 600, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        rate = await _rate(lambda: channel.default_exchange.publish(message, queue.name), seconds)
        await queue.delete(if_unused=False, if_empty=False)
    return rate


async def _rate(work: Callable[[], Awaitable[object]], seconds: float) -> float:
    began = time.perf_counter()
    done = 0

    async def repeat() -> None:
        nonlocal done
        while time.perf_counter() - began < seconds:
            await work()
            done += 1

    await asyncio.gather(*(repeat() for _ in range(_TASKS)))
    return done / (time.perf_counter() - began)


async def _answer(scope: dict[str, object], _receive: object, send: Callable[..., Awaitable[None]]) -> None:
    if scope["type"] != "http":
        return
    body = orjson.dumps({"status": "ok"})
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(
        _answer, port=int(sys.argv[1]), loop="uvloop", http="httptools", lifespan="off", log_level="warning",
        access_log=False, server_header=False, date_header=False,
    )  # fmt: skip
