"""The network between the services and RabbitMQ is cut, silent or slow: relays and consumers recover."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from deploy.local.services import Backing, Service
from tests.faults.product import Product
from tests.faults.proxy import Proxy

_PROXIED = ("intake", "tickets")
_SHORT_SECONDS, _LONG_SECONDS = 2.0, 60.0
_CUTS = 3


@pytest.fixture(scope="module")
async def wire(product: Product) -> AsyncIterator[Proxy]:
    """All that intake and tickets say to RabbitMQ and hear from it passes here."""
    proxy = Proxy(("127.0.0.1", product.stack.ports.amqp))
    async with proxy.listening(), _behind(product, proxy):
        yield proxy


@asynccontextmanager
async def _behind(product: Product, proxy: Proxy) -> AsyncIterator[None]:
    usual = [service for name in _PROXIED for service in product.replicas(name)]
    await asyncio.gather(*(service.stop() for service in usual))
    detoured = [_detoured(product, name, n, proxy) for name in _PROXIED for n in range(2)]
    await _start(detoured)
    try:
        yield
    finally:
        await asyncio.gather(*(service.stop() for service in detoured))
        await _start(usual)


def _detoured(product: Product, name: str, replica: int, proxy: Proxy) -> Service:
    stack = product.stack
    amqp_url = stack.rabbit.url(name).replace(f":{stack.ports.amqp}/", f":{proxy.port}/")
    return stack.service(name, replica, Backing(stack.mongo.url(name), amqp_url))


async def _start(services: list[Service]) -> None:
    await asyncio.gather(*(service.start() for service in services))
    await asyncio.gather(*(service.wait_ready() for service in services))


async def test_connections_cut_again_and_again(product: Product, wire: Proxy, is_long: bool) -> None:
    cut = 0
    async with product.under_load("connections cut") as ledger:
        for _ in range(_CUTS * (10 if is_long else 1)):
            cut += await wire.cut()
            await product.until_acknowledged(ledger, 3)
    assert cut > 0
    assert ledger.refused == 0
    await product.assert_kept(ledger, connections_cut=cut)


async def test_a_slow_connection(product: Product, wire: Proxy, is_long: bool) -> None:
    async with product.under_load("slow connection") as ledger:
        wire.delay_seconds = 0.2
        await product.until_acknowledged(ledger, 200 if is_long else 20, 240)
        wire.delay_seconds = 0.0
    assert ledger.refused == 0
    await product.assert_kept(ledger)


async def test_connections_that_fall_silent_for_good(product: Product, wire: Proxy, is_long: bool) -> None:
    """Nobody is told: only the heartbeat tells. New connections hang too, for a while."""
    async with product.under_load("silent connections") as ledger:
        wire.silence()
        await asyncio.sleep(_LONG_SECONDS if is_long else _SHORT_SECONDS)
        wire.heal()
        await product.until_acknowledged(ledger, 5)
    assert ledger.refused == 0
    await product.assert_kept(ledger)
