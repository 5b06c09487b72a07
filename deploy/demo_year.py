"""`python -m deploy.demo_year URL`: a year of tickets behind those of the demo, if numbers were kept for it.

With the environment of tickets. Who and what there is it reads by the public API;
the tickets themselves go into the database in bulk, made by the domain of tickets, without events: reports
hear of them by a rebuild (`python -m services.reporting.rebuild`).
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from typing import Any

import aiohttp

from chassis.clock import now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from deploy.demo import Desk
from deploy.demo_staff import make_colleagues
from services.tickets.demo.load import load_year
from services.tickets.demo.town import Client, Town
from services.tickets.settings import TicketsSettings
from services.tickets.store import Plans, Shelf, Tickets

_PAGE = 200
_SAY_EVERY = 2000


async def make_year(url: str, settings: TicketsSettings) -> int:
    """Returns how many tickets were made; none where there is nothing to be done."""
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        kept = database(client, settings.mongodb_database)
        shelf, plans = Shelf(kept, settings.time_zone), Plans(kept)
        if not (count := await shelf.wanted()):
            return 0
        await Tickets(kept, settings.time_zone).prepare()
        town = await _town(url)
        said = 0
        async for done in load_year(shelf, plans, town, count, now(), settings.time_zone):
            if done - said >= _SAY_EVERY:
                said = done
                print(f"{done} of {count} tickets", flush=True)  # noqa: T201 - a command's output
        await shelf.complete()
    return count


async def _town(url: str) -> Town:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        admin = Desk(http, url)
        await admin.sign_in("admin")
        staff = await make_colleagues(admin)
        clients = await _clients(admin)
        tree = (await admin.call("GET", "/categories"))["items"]
    return Town(
        clients=clients,
        staff=_with_role(staff, "specialist"),
        dispatcher=_with_role(staff, "dispatcher")[0],
        categories={one["path"]: one["id"] for one in tree},
    )


def _with_role(staff: list[dict[str, Any]], role: str) -> list[StaffRef]:
    return [StaffRef(id=one["id"], full_name=one["full_name"]) for one in staff if role in one["roles"]]


async def _clients(admin: Desk) -> list[Client]:
    people: defaultdict[str, list[PersonRef]] = defaultdict(list)
    for one in await read_all(admin, "/people"):
        people[one["company_id"]].append(PersonRef(id=one["id"], full_name=one["full_name"]))
    pieces: defaultdict[str, defaultdict[str, list[EquipmentRef]]] = defaultdict(lambda: defaultdict(list))
    for one in await read_all(admin, "/equipment"):
        pieces[one["company_id"]][one["kind"]].append(EquipmentRef(id=one["id"], name=one["name"]))
    return [
        Client(
            company=CompanyRef(id=one["id"], name=one["name"]),
            people=people[one["id"]],
            pieces=pieces[one["id"]],
        )
        for one in await read_all(admin, "/companies")
        if people[one["id"]]
    ]


async def read_all(admin: Desk, path: str, **limits: str) -> list[dict[str, Any]]:
    """Page by page."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": _PAGE, **limits}
    while True:
        page = await admin.call("GET", path, params=query)
        found += page["items"]
        if not page["next"]:
            return found
        query["cursor"] = page["next"]


def main() -> None:
    made = asyncio.run(make_year(sys.argv[1], read_settings(TicketsSettings, "tickets")))
    print(f"history: {made} tickets made")  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
