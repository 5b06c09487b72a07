"""The whole product with clients' devices enrolled, to be loaded, mistreated, and asked what it kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import aiohttp

from deploy.local.child import Child
from deploy.local.services import Service
from deploy.local.stack import Stack
from tests.faults.ledger import Ledger, Reckoning, Seen, reckon
from tests.faults.submitter import Pace, Submitter
from tests.faults.table import Tables
from tests.faults.waiting import eventually
from tests.faults.witness import Witness

_DEVICES = 4


class Product:
    """`pauses`: of the product's retries."""

    def __init__(self, stack: Stack, tables: Tables, pauses: Sequence[float]) -> None:
        self.stack = stack
        self.tables = tables
        self.pauses = pauses
        self.tokens: list[str] = []

    @property
    def witness(self) -> Witness:
        return Witness(self.stack, self.tokens, self.pauses)

    def replicas(self, service: str) -> list[Service]:
        return [one for one in self.stack.services.values() if one.service == service]

    @property
    def processes(self) -> list[Child]:
        """Everything that may die: each replica of each service, and the servers."""
        return [*self.stack.services.values(), self.stack.rabbit, self.stack.mongo]

    async def enrol_devices(self) -> None:
        async with aiohttp.ClientSession() as http:
            for n in range(1, _DEVICES + 1):
                await self._enrol_device(http, n)

    async def _enrol_device(self, http: aiohttp.ClientSession, n: int) -> None:
        """Asked again with the same key: right after the start the machine may be too busy."""
        key = {"Idempotency-Key": str(uuid4())}
        body = {
            "code": "DEMO",
            "full_name": f"Стойкая Вера {n}",
            "email": f"vera{n}@example.com",
            "phone": "+7 900 000-00-00",
            "hostname": f"FAULTS-{n}",
        }

        async def enrolled() -> bool:
            async with http.post(f"{self.stack.url}/api/v1/devices", json=body, headers=key) as answer:
                if is_there := answer.status == 201:
                    self.tokens.append((await answer.json())["token"])
                return is_there

        await eventually(f"device {n} is enrolled", enrolled)

    @asynccontextmanager
    async def signed_in(self) -> AsyncIterator[aiohttp.ClientSession]:
        """A specialist's browser."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            body = {"login": "specialist", "password": "demo"}
            async with http.post(f"{self.stack.url}/api/v1/session", json=body) as answer:
                assert answer.status == 200, await answer.text()
                csrf = (await answer.json())["csrf_token"]
            http.headers["X-CSRF-Token"] = csrf
            yield http

    @asynccontextmanager
    async def under_load(
        self, name: str, *, pace: Pace | None = None, urls: Sequence[str] = ()
    ) -> AsyncIterator[Ledger]:
        """A steady stream of submissions while the context is; each that was begun is seen through."""
        ledger = Ledger(name)
        async with Submitter(
            urls or [gateway.url for gateway in self.replicas("gateway")], self.tokens, ledger, pace or Pace()
        ).submitting():
            await self.until_acknowledged(ledger, 3)
            yield ledger

    async def until_acknowledged(self, ledger: Ledger, more: int, seconds: float = 90.0) -> None:
        """Until so many more submissions were accepted than now."""
        wanted = len(ledger.acknowledged) + more

        async def accepted() -> bool:
            return len(ledger.acknowledged) >= wanted

        await eventually(f"{more} more submissions accepted", accepted, seconds)

    async def until_caught_up(self, ledger: Ledger, seconds: float = 120.0) -> Seen:
        """Until all that was acknowledged is everywhere and nothing waits any more."""
        latest = Seen()

        async def caught_up() -> bool:
            nonlocal latest
            if not await self.witness.is_quiet():
                return False
            latest = await self.witness.see()
            return all(latest.everywhere(key) for key in ledger.acknowledged)

        try:
            await eventually("everything accepted is everywhere", caught_up, seconds)
        except AssertionError:
            # The reckoning tells better what is missing.
            latest = await self.witness.see()
        return latest

    async def reckoned(self, ledger: Ledger, **counted: int) -> Reckoning:
        """What became of it all, printed as a table; `counted` are further figures of the test."""
        seen = await self.until_caught_up(ledger)
        reckoning = reckon(ledger, seen)
        self.tables.add(ledger.name, {**counted, **reckoning.rows()})
        return reckoning

    async def assert_kept(self, ledger: Ledger, **counted: int) -> Reckoning:
        """Nothing lost, nothing doubled, nothing dead, nothing waiting, no answer that is no answer."""
        reckoning = await self.reckoned(ledger, **counted)
        assert reckoning.is_kept, reckoning
        assert ledger.wrong == []
        assert await self.witness.dead() == {}
        assert await self.witness.is_quiet()
        return reckoning
