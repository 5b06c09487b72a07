"""Every event once more and in any order: nothing changes."""

from __future__ import annotations

import random
from typing import Any

import aiohttp

from tests.faults.ledger import Ledger
from tests.faults.product import Product
from tests.faults.recording import administrators_channel, recording, send_again
from tests.faults.waiting import eventually

_TIMES, _TOUCHED = 2, 5


async def test_events_doubled_and_shuffled_change_nothing(product: Product) -> None:
    async with recording(product.stack.amqp_url) as events:
        async with product.under_load("doubled and shuffled") as ledger:
            await product.until_acknowledged(ledger, 20)
        await product.until_caught_up(ledger)
        await _work_on_some(product, ledger)
        await eventually("all is quiet", product.witness.is_quiet)
        before = await _everything(product)
        again = events[:] * _TIMES
    random.shuffle(again)
    async with administrators_channel(product.stack.amqp_url) as channel:
        await send_again(channel, again)
    await eventually("all is quiet again", product.witness.is_quiet)
    await product.assert_kept(ledger, sent_again=len(again))
    assert await _everything(product) == before


async def _work_on_some(product: Product, ledger: Ledger) -> None:
    """Versions beyond the first, so that there is something late to come."""
    seen = await product.witness.see()
    numbers = [seen.tickets[key][0] for key in sorted(ledger.acknowledged)[:_TOUCHED]]
    async with product.signed_in() as specialist:
        for number in numbers:
            address = f"{product.stack.url}/api/v1/tickets/{number}"
            async with specialist.patch(address, json={"status": "in_progress"}) as answer:
                assert answer.status == 200, await answer.text()
            entry = {"text": "Уже смотрю.", "minutes": 5, "public": True}
            async with specialist.post(f"{address}/entries", json=entry) as answer:
                assert answer.status == 201, await answer.text()


async def _everything(product: Product) -> list[Any]:
    """The list, and what each device is told, but for how the clocks are judged at this moment."""
    async with product.signed_in() as specialist:
        items = await _items(specialist, f"{product.stack.url}/api/v1/tickets", {})
    for ticket in items:
        ticket["sla"].pop("state")
    async with aiohttp.ClientSession() as http:
        for token in product.tokens:
            bearer = {"Authorization": f"Bearer {token}"}
            items += await _items(http, f"{product.stack.url}/api/v1/submissions", bearer)
    return items


async def _items(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> list[Any]:
    async with http.get(url, params={"limit": 200}, headers=headers) as answer:
        assert answer.status == 200
        items: list[Any] = (await answer.json())["items"]
        return items
