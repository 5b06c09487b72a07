"""Waits for a condition, never for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
from aio_pika.exceptions import AMQPError
from pymongo.errors import PyMongoError

_LOOK_EVERY_SECONDS = 0.25
_NOT_YET = (aiohttp.ClientError, AMQPError, PyMongoError, OSError, TimeoutError)


async def eventually(what: str, condition: Callable[[], Awaitable[bool]], seconds: float = 90.0) -> None:
    """Until it holds; a part that is still away means «not yet». Raises AssertionError at the deadline."""
    last: Exception | None = None
    try:
        async with asyncio.timeout(seconds):
            while True:
                try:
                    if await condition():
                        return
                    last = None
                except _NOT_YET as error:
                    last = error
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
    except TimeoutError:
        raise AssertionError(f"{what}: not within {seconds:.0f} s ({last!r})") from None
