"""An import goes on after each kill of what writes its rows, and makes each of them once."""

from __future__ import annotations

from typing import Any

import aiohttp

from tests.faults.product import Product
from tests.faults.waiting import eventually

_TITLES = "ФИО;Компания;Почта"
_COMPANY = "ООО «Северный ветер Логистика»"


async def test_an_import_survives_kills_and_makes_each_row_once(product: Product, is_long: bool) -> None:
    rows, kills = (5_000, 10) if is_long else (600, 3)
    async with product.signed_in() as http:
        api = f"{product.stack.url}/api/v1"
        job = await _previewed(http, api, rows)
        async with http.post(f"{api}/import/{job['id']}/apply") as begun:
            assert begun.status == 202, await begun.text()
        for number in range(1, kills + 1):
            await _until_done(http, api, job, rows * number // (kills + 1))
            for clients in product.replicas("clients"):
                await clients.kill()
                await clients.start()
                await clients.wait_ready()
        done = await _until_done(http, api, job, rows)
        emails = [email async for email in _imported(http, api)]
    product.tables.add("import", {"kills": 2 * kills, "rows": rows, "people made": len(emails)})
    assert (done["counts"]["create"], done["counts"]["error"]) == (rows, 0)
    assert len(emails) == len(set(emails)) == rows


async def _previewed(http: aiohttp.ClientSession, api: str, rows: int) -> dict[str, Any]:
    lines = [f"Строка {number};{_COMPANY};row{number}@import.example" for number in range(rows)]
    form = aiohttp.FormData()
    form.add_field("what", "people")
    form.add_field("file", "\n".join([_TITLES, *lines]).encode(), filename="people.csv")
    async with http.post(f"{api}/import", data=form) as uploaded:
        assert uploaded.status == 201, await uploaded.text()
        job: dict[str, Any] = await uploaded.json()
    columns = {"columns": [column["field"] for column in job["columns"]]}
    async with http.put(f"{api}/import/{job['id']}/matching", json=columns) as settled:
        assert settled.status == 202, await settled.text()
    await _until(http, api, job, lambda now: now["state"] == "checked")
    return job


async def _until_done(
    http: aiohttp.ClientSession, api: str, job: dict[str, Any], rows: int
) -> dict[str, Any]:
    return await _until(http, api, job, lambda now: now["done_rows"] >= rows or now["state"] == "done")


async def _until(http: aiohttp.ClientSession, api: str, job: dict[str, Any], holds: Any) -> dict[str, Any]:
    now: dict[str, Any] = {}

    async def reached() -> bool:
        nonlocal now
        async with http.get(f"{api}/import/{job['id']}") as answer:
            answer.raise_for_status()
            now = await answer.json()
        return bool(holds(now))

    await eventually("the import goes on", reached, 180.0)
    return now


async def _imported(http: aiohttp.ClientSession, api: str) -> Any:
    query: dict[str, str] = {"q": "import.example", "limit": "200"}
    while True:
        async with http.get(f"{api}/people", params=query) as answer:
            answer.raise_for_status()
            page = await answer.json()
        for person in page["items"]:
            yield person["email"]
        if page["next"] is None:
            return
        query["cursor"] = page["next"]
