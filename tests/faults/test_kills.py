"""kill -9 of every process in turn under a steady stream: nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import random

from deploy.local.child import Child
from deploy.local.services import Service
from tests.faults.ledger import Ledger
from tests.faults.product import Product

_SHORT_ROUNDS, _LONG_KILLS = 1, 110
_LONGEST_LIFE_SECONDS, _LONGEST_DEATH_SECONDS = 1.5, 1.0


async def test_every_accepted_submission_outlives_kills_of_every_process(
    product: Product, is_long: bool
) -> None:
    async with product.under_load("kills") as ledger:
        kills = await (_kill_at_random(product) if is_long else _kill_in_turn(product, ledger))
    await product.assert_kept(ledger, kills=kills)


async def _kill_in_turn(product: Product, ledger: Ledger) -> int:
    victims = [child for _ in range(_SHORT_ROUNDS) for child in product.processes]
    for victim in victims:
        await kill_and_start(victim)
        await product.until_acknowledged(ledger, 2)
    return len(victims)


async def _kill_at_random(product: Product) -> int:
    """Each process at least once; how long each lives and stays dead is left to chance."""
    victims = product.processes + random.choices(product.processes, k=_LONG_KILLS - len(product.processes))
    random.shuffle(victims)
    for victim in victims:
        await asyncio.sleep(random.uniform(0, _LONGEST_LIFE_SECONDS))
        await kill_and_start(victim)
    return len(victims)


async def kill_and_start(victim: Child) -> None:
    await victim.kill()
    await asyncio.sleep(random.uniform(0, _LONGEST_DEATH_SECONDS))
    await victim.start()
    if isinstance(victim, Service):
        await victim.wait_ready()
