"""Who is refused before all of the body was read still gets the answer, not a connection that breaks off."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from tests.contract.gateway.conftest import running_desk
from tests.contract.gateway.desk import Desk


async def _send(url: str, size: int, *, token: str = "unknown", extra: str = "") -> bytes:  # noqa: S107
    """A submission on a connection that ends with it, all at once, and all that comes back."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head = (
        "POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {size}\r\n{extra}\r\n"
    )
    writer.write(head.encode() + b"x" * (0 if extra else size))
    try:
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("size", [10, 100_000, 1_000_000])
async def test_a_refusal_reaches_who_is_still_sending(desk: Desk, size: int) -> None:
    for _ in range(10):
        assert (await _send(desk.url, size)).startswith(b"HTTP/1.1 401 ")


async def test_a_body_beyond_all_measure_is_refused_in_words(desk: Desk) -> None:
    for _ in range(3):
        answer = await _send(desk.url, 200_000_000, extra="Expect: 100-continue\r\n")
        assert answer.startswith(b"HTTP/1.1 413 ")


async def test_who_calls_too_often_reads_so(mongo_url: str, amqp_url: str) -> None:
    async with running_desk(mongo_url, amqp_url, requests_per_second=0.001, request_burst=1) as desk:
        answers = [await _send(desk.url, 1_000_000) for _ in range(25)]
        assert answers[-1].startswith(b"HTTP/1.1 429 ")
        assert all(answer.startswith(b"HTTP/1.1 4") for answer in answers)
