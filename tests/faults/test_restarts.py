"""A rolling restart under load, behind a balancer as in production: no request fails."""

from __future__ import annotations

from deploy.local.services import Service
from tests.faults.product import Product
from tests.faults.proxy import Proxy


async def test_a_rolling_restart_of_every_process_fails_no_request(product: Product) -> None:
    balancer = Proxy(*(("127.0.0.1", gateway.port) for gateway in product.replicas("gateway")))
    async with balancer.listening():
        urls = [f"http://127.0.0.1:{balancer.port}"]
        async with product.under_load("rolling restart", urls=urls) as ledger:
            for service in product.stack.services.values():
                await _restart(service)
                await product.until_acknowledged(ledger, 2)
    assert (ledger.refused, ledger.unanswered) == (0, 0)
    await product.assert_kept(ledger, restarts=len(product.stack.services))


async def _restart(service: Service) -> None:
    service.ask_to_end()
    assert await service.wait() == 0, service.log_tail()
    await service.start()
    await service.wait_ready()
