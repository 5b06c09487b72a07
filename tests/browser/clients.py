"""A client of its own for each story: made through the public API, as an administrator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from chassis.clock import new_id


class Registry:
    def __init__(self, http: aiohttp.ClientSession, api: str) -> None:
        self._http = http
        self._api = api

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        async with self._http.request(method, self._api + path, json=body, headers=headers) as answer:
            assert answer.status < 300, (path, answer.status, await answer.text())
            return await answer.json() if answer.status != 204 else None

    async def company(self, name: str = "", **fields: Any) -> str:
        made = await self.call("POST", "/companies", {"name": name or f"ООО «{new_id()}»", **fields})
        return str(made["id"])

    async def person(self, company: str, full_name: str, **fields: Any) -> str:
        body = {"company_id": company, "full_name": full_name, **fields}
        return str((await self.call("POST", "/people", body))["id"])


@asynccontextmanager
async def registry_at(url: str) -> AsyncIterator[Registry]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        registry = Registry(http, f"{url}/api/v1")
        signed_in = await registry.call("POST", "/session", {"login": "admin", "password": "demo"})
        http.headers["X-CSRF-Token"] = signed_in["csrf_token"]
        yield registry
