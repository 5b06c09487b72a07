"""Death at the four seams of a service's work, not left to chance."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local.services import Service
from tests.faults.product import Product
from tests.faults.seams import SEAMS

# Each seam once; at length each in both.
_SHORT = {"intake": ("before-publish", "before-mark"), "tickets": ("before-commit", "before-ack")}
_LONG = {"intake": SEAMS, "tickets": SEAMS}


async def test_dying_at_any_seam_loses_and_doubles_nothing(
    product: Product, tmp_path: Path, is_long: bool
) -> None:
    deaths = 0
    async with product.under_load("seams") as ledger:
        for name, seams in (_LONG if is_long else _SHORT).items():
            async with _alone(product, name) as service:
                for seam in seams:
                    await _die_at(service, seam, tmp_path)
                    await product.until_acknowledged(ledger, 2)
                    deaths += 1
    await product.assert_kept(ledger, deaths=deaths)


@asynccontextmanager
async def _alone(product: Product, name: str) -> AsyncIterator[Service]:
    """Only one replica, so that all the work comes to it."""
    first, *others = product.replicas(name)
    for service in others:
        await service.stop()
    command = first._command
    try:
        yield first
    finally:
        first._command = command
        await first.stop()
        for service in (first, *others):
            await service.start()
            await service.wait_ready()


async def _die_at(service: Service, seam: str, folder: Path) -> None:
    await service.stop()
    flag = folder / f"{service.name}.{seam}"
    module = f"services.{service.service}"
    service._command = [sys.executable, "-m", "tests.faults.seams", seam, str(flag), module]
    await service.start()
    assert await service.wait() == -9, service.log_tail()
    await service.start()
    await service.wait_ready()
