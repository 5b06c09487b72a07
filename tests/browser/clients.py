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

    async def me(self) -> str:
        return str((await self.call("GET", "/me"))["staff"]["id"])

    async def company(self, name: str = "", **fields: Any) -> str:
        made = await self.call("POST", "/companies", {"name": name or f"ООО «{new_id()}»", **fields})
        return str(made["id"])

    async def person(self, company: str, full_name: str, **fields: Any) -> str:
        body = {"company_id": company, "full_name": full_name, **fields}
        return str((await self.call("POST", "/people", body))["id"])

    async def ticket(self, company: str, title: str, **changes: Any) -> int:
        """Submitted by a newcomer of the company, then changed."""
        code = (await self.call("POST", f"/companies/{company}/codes", {}))["code"]
        me = {"code": code, "full_name": "Звонарёв Зот", "email": f"{new_id()}@example.ru", "phone": "112"}
        device = await self.call("POST", "/devices", {**me, "hostname": "PC"})
        proof = {"Authorization": f"Bearer {device['token']}"}
        key = str(new_id())
        await self.call("POST", "/submissions", {"title": title}, **proof, **{"Idempotency-Key": key})
        number = int((await self.call("GET", f"/submissions/{key}?wait=20", **proof))["number"])
        if changes:
            await self.call("PATCH", f"/tickets/{number}", changes)
        return number


@asynccontextmanager
async def registry_at(url: str) -> AsyncIterator[Registry]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        registry = Registry(http, f"{url}/api/v1")
        signed_in = await registry.call("POST", "/session", {"login": "admin", "password": "demo"})
        http.headers["X-CSRF-Token"] = signed_in["csrf_token"]
        yield registry
