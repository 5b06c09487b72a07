"""A server or a service is gone for a while: what can work does, and everything catches up."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from deploy.local.child import Child
from tests.faults.ledger import Ledger
from tests.faults.product import Product
from tests.faults.waiting import eventually

_SHORT_SECONDS, _LONG_SECONDS = 4.0, 60.0


@pytest.fixture(scope="module")
def seconds(is_long: bool) -> float:
    return _LONG_SECONDS if is_long else _SHORT_SECONDS


async def gone(children: list[Child], seconds: float) -> None:
    """Kill them; they are back after so many seconds."""
    await asyncio.gather(*(child.kill() for child in children))
    await asyncio.sleep(seconds)
    await back(children)


async def back(children: list[Child]) -> None:
    await asyncio.gather(*(child.start() for child in children))


async def test_rabbitmq_gone_intake_accepts_and_everything_catches_up(
    product: Product, seconds: float
) -> None:
    async with product.under_load("rabbitmq gone") as ledger:
        refused = ledger.refused
        await product.stack.rabbit.kill()
        await product.until_acknowledged(ledger, round(4 * seconds), seconds=4 * seconds + 60)
        accepted = len(ledger.acknowledged)
        assert ledger.refused == refused
        await product.stack.rabbit.start()
    await product.assert_kept(ledger, accepted_meanwhile=accepted)


async def test_mongod_gone_is_a_clear_503_and_everything_catches_up(product: Product, seconds: float) -> None:
    async with product.under_load("mongod gone") as ledger:
        refused = ledger.refused
        await product.stack.mongo.kill()
        await _until_refused(ledger, refused + 5)
        accepted = len(ledger.acknowledged)
        await asyncio.sleep(seconds)
        assert len(ledger.acknowledged) == accepted
        await product.stack.mongo.start()
        await product.until_acknowledged(ledger, 5)
    assert ledger.unanswered == 0
    await product.assert_kept(ledger)


async def _until_refused(ledger: Ledger, count: int) -> None:
    async def refused() -> bool:
        return ledger.refused >= count

    await eventually("submissions are refused", refused)


async def test_tickets_clients_and_rabbitmq_gone_at_once_intake_accepts(
    product: Product, seconds: float
) -> None:
    away = [*product.replicas("tickets"), *product.replicas("clients"), product.stack.rabbit]
    async with product.under_load("all but intake gone") as ledger:
        await asyncio.gather(*(child.kill() for child in away))
        refused = ledger.refused
        await product.until_acknowledged(ledger, round(4 * seconds), seconds=4 * seconds + 60)
        assert ledger.refused == refused
        await back(away)
    await product.assert_kept(ledger)


async def test_clients_gone_the_list_and_intake_work(product: Product, seconds: float) -> None:
    async with product.under_load("clients gone") as ledger, product.signed_in() as specialist:
        going = asyncio.create_task(gone([*product.replicas("clients")], seconds))
        await product.until_acknowledged(ledger, 5)
        assert await _status(specialist, f"{product.stack.url}/tickets") == 200
        assert await _status(specialist, f"{product.stack.url}/api/v1/tickets") == 200
        await going
        assert ledger.refused == 0
    await product.assert_kept(ledger)


async def test_tickets_gone_says_so_and_intake_works(product: Product, seconds: float) -> None:
    async with product.under_load("tickets gone") as ledger, product.signed_in() as specialist:
        await asyncio.gather(*(child.kill() for child in product.replicas("tickets")))
        page = f"{product.stack.url}/tickets"
        assert await _status(specialist, page) in (200, 503)
        async with specialist.get(f"{product.stack.url}/api/v1/tickets") as answer:
            assert answer.status == 503
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) >= 1
        await product.until_acknowledged(ledger, round(4 * seconds), seconds=4 * seconds + 60)
        assert ledger.refused == 0
        await back([*product.replicas("tickets")])
    await product.assert_kept(ledger)


async def test_intake_gone_the_list_works(product: Product, seconds: float) -> None:
    async with product.under_load("intake gone") as ledger, product.signed_in() as specialist:
        await asyncio.gather(*(child.kill() for child in product.replicas("intake")))
        assert await _status(specialist, f"{product.stack.url}/tickets") == 200
        await _until_refused(ledger, ledger.refused + 1)
        await asyncio.sleep(seconds)
        await back([*product.replicas("intake")])
    await product.assert_kept(ledger)


async def _status(http: aiohttp.ClientSession, url: str) -> int:
    async with http.get(url, allow_redirects=False) as answer:
        await answer.read()
        return answer.status
