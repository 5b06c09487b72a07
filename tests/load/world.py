"""Who is there in a benchmark: companies with their people and devices, made through the public API."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import aiohttp

from chassis.clock import new_id
from contracts.people import CompanyRef, PersonRef, StaffRef

_API = "/api/v1"
_PEOPLE_EACH = 3
_DEVICES = 16
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Client:
    person: PersonRef
    company: CompanyRef


@dataclass(frozen=True)
class World:
    """`cookie` is a signed-in specialist's; `devices` are tokens."""

    clients: Sequence[Client]
    staff: Sequence[StaffRef]
    devices: Sequence[str]
    cookie: str

    @property
    def page(self) -> dict[str, str]:
        """The headers of a browser that opens a page."""
        return {"Cookie": self.cookie, "Accept": "text/html"}

    @property
    def api(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Accept": "application/json"}


async def make_world(url: str, companies: int) -> World:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, raise_for_status=True) as http:
        credentials = {"login": "admin", "password": "demo"}
        async with http.post(f"{url}{_API}/session", json=credentials) as answer:
            http.headers["X-CSRF-Token"] = (await answer.json())["csrf_token"]
        clients = [client for n in range(companies) for client in await _company(http, url, n)]
        async with http.get(f"{url}{_API}/staff") as answer:
            staff = [StaffRef.model_validate(one) for one in (await answer.json())["items"]]
        devices = [await _device(http, url, n) for n in range(_DEVICES)]
    cookie = "; ".join(f"{kept.key}={kept.value}" for kept in jar)
    return World(clients, staff, devices, cookie)


async def _company(http: aiohttp.ClientSession, url: str, n: int) -> list[Client]:
    company = await _post(
        http, f"{url}{_API}/companies", {"name": f"ООО «Проба {n + 1}»", "notes": "Ключ у охраны"}
    )
    reference = CompanyRef(id=UUID(company["id"]), name=company["name"])
    people = []
    for position in range(_PEOPLE_EACH):
        fields = {
            "company_id": company["id"],
            "full_name": f"Иванова Мария {n + 1}-{position + 1}",
            "position": "бухгалтер",
            "email": f"person{position}@company{n}.example",
            "phone": "+7 495 000-00-00",
        }
        person = await _post(http, f"{url}{_API}/people", fields)
        people.append(Client(PersonRef(id=UUID(person["id"]), full_name=person["full_name"]), reference))
    return people


async def _device(http: aiohttp.ClientSession, url: str, n: int) -> str:
    enrolment = {
        "code": "DEMO",
        "full_name": f"Проверкина Нагрузка {n}",
        "email": f"load{n}@demo.example",
        "phone": "+7 495 111-11-11",
        "hostname": f"PC-{n:03}",
    }
    enrolled = await _post(http, f"{url}{_API}/devices", enrolment)
    return str(enrolled["token"])


async def _post(http: aiohttp.ClientSession, address: str, body: dict[str, Any]) -> Any:
    """Where the machine stalls it is asked again with the same key, when the answer says, as clients do."""
    headers = {"Idempotency-Key": str(new_id())}
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            async with http.post(address, json=body, headers=headers, raise_for_status=False) as answer:
                if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                    answer.raise_for_status()
                    return await answer.json()
                pause = int(answer.headers["Retry-After"])
            await asyncio.sleep(pause)
