"""`python -m tests.load.suggestions`: how often the right article is among the first three, and how fast."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from pymongo import TEXT

from chassis.clock import new_id, now
from chassis.mongo import connect, database
from chassis.principal import Principal
from contracts.faq_http import NewArticle, Wanted
from deploy.demo_articles import demo_articles
from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack
from services.faq.store import Library
from services.faq.use_cases.find_articles import suggest
from services.faq.use_cases.write_articles import write_article
from tests.load.problems import PROBLEMS

_FIRST = 3
_ADMIN = Principal(kind="staff", id=new_id(), full_name="Мерило", roles=("admin",))
Find = Callable[[str, str, str], Awaitable[list[str]]]


class Shares(NamedTuple):
    first: float
    first_three: float


class Measured(NamedTuple):
    """Shares of problems whose article comes first, or among the first three; milliseconds at the median.

    `categorised`: where the ticket is in the category that its article is in.
    """

    ours: Shares
    categorised: Shares
    baseline: Shares
    missed: list[str]
    milliseconds: float


@contextlib.asynccontextmanager
async def _library(mongo_url: str) -> AsyncIterator[Library]:
    client = connect(mongo_url)
    kept = database(client, f"faq_measured_{uuid4().hex[:8]}")
    library = Library(client, kept)
    await library.prepare()
    for article in demo_articles(date(2026, 11, 23)):
        await write_article(library, NewArticle.model_validate(article), _ADMIN, None, now())
    yield library
    await client.drop_database(kept.name)
    await client.close()


async def measure(mongo_url: str) -> Measured:
    """Against MongoDB's own text search over titles (ten times), tags and bodies, in Russian."""
    async with _library(mongo_url) as library:
        articles = library.articles.collection
        fields = [("title", TEXT), ("tags", TEXT), ("body", TEXT)]
        await articles.create_index(fields, weights={"title": 10, "tags": 5}, default_language="russian")

        async def ours(title: str, text: str, category: str = "") -> list[str]:
            wanted = Wanted(title=title, text=text, category=category, limit=_FIRST)
            found = await suggest(library, wanted, _ADMIN)
            return [article.title for article in found.articles]

        async def uncategorised(title: str, text: str, _category: str) -> list[str]:
            return await ours(title, text)

        async def plain(title: str, text: str, _category: str) -> list[str]:
            score = {"score": {"$meta": "textScore"}}
            asked = {"$text": {"$search": f"{title} {text}".replace('"', " ").replace("-", " ")}}
            cursor = articles.find(asked, {**score, "title": 1}).sort(list(score.items()))
            found = await cursor.limit(_FIRST).to_list()
            return [one["title"] for one in found]

        shares, missed, seconds = await _judge(uncategorised)
        categorised, _, _ = await _judge(ours)
        baseline, _, _ = await _judge(plain)
    return Measured(shares, categorised, baseline, missed, statistics.median(seconds) * 1000)


async def _judge(find: Find) -> tuple[Shares, list[str], list[float]]:
    first, missed, seconds = 0, [], []
    categories = {str(one["title"]): str(one["category"]) for one in demo_articles(date(2026, 11, 23))}
    for title, text, right in PROBLEMS:
        began = time.perf_counter()
        found = await find(title, text, categories[right])
        seconds.append(time.perf_counter() - began)
        first += found[:1] == [right]
        if right not in found:
            missed.append(f"{title}: {right}; found {found}")
    total = len(PROBLEMS)
    return Shares(first / total, 1 - len(missed) / total), missed, seconds


async def _main() -> None:
    with TemporaryDirectory() as folder, claimed_ports(21_000) as ports:
        stack = Stack(Path(folder), ports, external=False)
        try:
            await stack.mongo.start()
            told = await measure(stack.mongodb_url)
        finally:
            await stack.stop()
    print(f"the right article for {len(PROBLEMS)} problems: first · among the first {_FIRST}")  # noqa: T201
    for name, shares in (
        ("suggestions", told.ours),
        ("suggestions, with the category", told.categorised),
        ("plain text search", told.baseline),
    ):
        print(f"  {name}: {shares.first:.0%} · {shares.first_three:.0%}")  # noqa: T201
    print(f"  {told.milliseconds:.1f} ms at the median")  # noqa: T201
    for line in told.missed:
        print(f"  missed: {line}")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_main())
