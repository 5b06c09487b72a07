"""`python -m deploy.demo_uses URL`: what the articles were good for in the demo's year, once it is there.

With the environment of faq. Which tickets there are, and which articles fit them, it reads by the public API;
the uses go into the database in bulk, with their events: reporting hears of them as of any other.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import aiohttp

from chassis.clock import now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from contracts.categories import SEPARATOR
from deploy.demo import Desk
from deploy.demo_articles import demo_articles
from deploy.demo_year import read_all
from services.faq.demo.load import load_year
from services.faq.demo.year import Fitting, Solved
from services.faq.domain.article import Article
from services.faq.republish import until_there_is_room
from services.faq.settings import FaqSettings
from services.faq.store import Library, Past

# A year was made where there are so many; one's own first tickets have no past.
_FEWEST = 1000
# A title that comes back so often is one of the year's; the demo's own stories are told once.
_COMES_BACK = 5
_OFFERED = 2
_ALL = 100_000


async def make_uses(url: str, settings: FaqSettings) -> int:
    """Returns how many uses were made; none where there is nothing to be done."""
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        kept = database(client, settings.mongodb_database)
        library, past = Library(client, kept), Past(client, kept)
        if not await past.is_wanted():
            return 0
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            admin = Desk(http, url)
            await admin.sign_in("admin")
            tickets = await read_all(admin, "/tickets", status="resolved,closed")
            if len(tickets) < _FEWEST:
                return 0
            fits = await _fits(admin, tickets)
        made = [0]
        articles = _of_the_demo(await library.articles.all_after(None, _ALL))
        known = {one.id for one in articles}
        fits = {title: [one for one in found if one.id in known] for title, found in fits.items()}
        async for done in load_year(past, articles, _solved(tickets), fits, now()):
            made.append(done)
            await until_there_is_room(library.uses)
        await past.complete()
    return made[-1]


def _of_the_demo(articles: Sequence[Article]) -> list[Article]:
    """What somebody has written or changed meanwhile has no past."""
    titles = {one["title"] for one in demo_articles(now().date())}
    return [one for one in articles if one.version == 1 and one.title in titles]


def _solved(tickets: Sequence[dict[str, Any]]) -> list[Solved]:
    return [
        Solved(staff=one["assignee"], resolved_at=one["sla"]["resolved_at"], **one)
        for one in reversed(tickets)
        if one["assignee"] and one["minutes"] and one["sla"]["resolved_at"]
    ]


async def _fits(admin: Desk, tickets: Sequence[dict[str, Any]]) -> dict[str, list[Fitting]]:
    """What a specialist would have been offered for each title, if it is of the same group."""
    category = {one["title"]: one["category"] for one in tickets if one["category"]}
    often = Counter(one["title"] for one in tickets)
    fits = {}
    for title, path in category.items():
        if often[title] >= _COMES_BACK:
            wanted = {"title": title, "category": path, "limit": _OFFERED}
            found = (await admin.call("POST", "/suggestions", json=wanted))["items"]
            fits[title] = [
                Fitting(id=one["id"], is_public=one["visibility"] == "public")
                for one in found
                if one["category"].partition(SEPARATOR)[0] == path.partition(SEPARATOR)[0]
            ]
    return fits


def main() -> None:
    made = asyncio.run(make_uses(sys.argv[1], read_settings(FaqSettings, "faq")))
    print(f"history: {made} uses made")  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
