"""A process that is there and says nothing (SIGSTOP), and goes on after a while as if nothing had been."""

from __future__ import annotations

import asyncio

import pytest

from deploy.local.child import Child
from tests.faults.product import Product

_SHORT_SECONDS, _LONG_SECONDS = 3.0, 45.0


@pytest.mark.parametrize("name", ["rabbitmq", "mongod", "tickets", "intake"])
async def test_a_frozen_process_costs_nothing_but_time(product: Product, name: str, is_long: bool) -> None:
    frozen = [child for child in product.processes if child.name.removesuffix("-2") == name]
    async with product.under_load(f"{name} frozen") as ledger:
        await _freeze(frozen, _LONG_SECONDS if is_long else _SHORT_SECONDS)
        await product.until_acknowledged(ledger, 5)
    await product.assert_kept(ledger)


async def _freeze(children: list[Child], seconds: float) -> None:
    for child in children:
        child.pause()
    try:
        await asyncio.sleep(seconds)
    finally:
        for child in children:
            child.resume()
