"""The FAQ at 10,000 articles: search as one types, what fits a ticket; and how often the right one does."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from chassis.clock import new_id, now
from chassis.mongo import connect, database
from contracts.people import StaffRef
from deploy.demo_articles import demo_articles
from services.faq.domain.article import Article
from services.faq.store import Library
from services.faq.store.documents import searched, to_document
from tests.load.measures import Bench
from tests.load.suggestions import measure
from tests.load.table import Row
from tests.load.wire import get

ARTICLES = 10_000
_BATCH = 500
_PER_ARTICLE = 3
_TYPED = (
    "принт",
    "полосы при печати",
    "vpn 809",
    "не открывается 1с",
    "пароль",
    "картридж",
    "ящик переполн",
    "сканер",
)
_WITH_A_SLIP = ("принетр", "картирдж", "ghbynth", "gfhjkm", "перезагрзка", "сканре")
_MAKERS = ("Pantum", "Kyocera", "Aquarius", "MikroTik", "Eltex", "Штрих", "Атол", "Yealink")


async def load_articles(url: str, count: int = ARTICLES) -> None:
    """The demo's articles told over and over, each of another model and room, with words of others."""
    client = connect(url)
    try:
        library = Library(client, database(client, "faq"))
        await library.prepare()
        for batch in _batches(count):
            for one in batch:
                await library.words.learn(searched(one))
            await library.articles.collection.insert_many(
                [{"_id": one.id, **to_document(one), "uses": 0, "helped": 0} for one in batch]
            )
    finally:
        await client.close()


def _batches(count: int) -> Iterator[list[Article]]:
    chance, known, at = random.Random(5), demo_articles(date(2026, 11, 23)), now()
    author = StaffRef(id=new_id(), full_name="Мерило")
    lines = [line for one in known for line in str(one["body"]).splitlines() if line.strip()]
    for begin in range(0, count, _BATCH):
        batch = []
        for number in range(begin, min(begin + _BATCH, count)):
            one = known[number % len(known)]
            model = f"{chance.choice(_MAKERS)} {chance.randrange(1000, 9999)}"
            more = "\n\n".join(chance.sample(lines, _PER_ARTICLE))
            fields = {**one, "title": f"{one['title']} ({model})", "body": f"{one['body']}\n\n{more}"}
            batch.append(
                Article(
                    id=new_id(),
                    version=1,
                    author=author,
                    updated_by=author,
                    created_at=at,
                    updated_at=at,
                    **fields,
                )
            )
        yield batch


async def articles(bench: Bench) -> list[Row]:
    await load_articles(bench.stack.mongo.url("faq"))
    api, numbers = bench.world.api, range(1, min(bench.tickets, 200) + 1)
    return [
        await bench.reading(f"search over {ARTICLES:,} articles, as JSON", _searches(_TYPED, api), ""),
        await bench.reading(
            "the same with a slip or the other keyboard layout", _searches(_WITH_A_SLIP, api), ""
        ),
        await bench.reading(
            f"what fits a ticket of {ARTICLES:,} articles, as JSON",
            [get(f"/api/v1/tickets/{number}/suggestions", api) for number in numbers],
            "",
        ),
        *await fitting(bench.stack.mongodb_url),
    ]


def _searches(texts: Sequence[str], api: dict[str, str]) -> list[list[bytes]]:
    return [get(f"/api/v1/articles?q={quote(text)}", api) for text in texts]


async def fitting(mongo_url: str) -> list[Row]:
    """Plain text search of MongoDB stands where other rows have the machine's limit."""
    told = await measure(mongo_url)
    return [
        Row("the right article suggested, first", f"{told.ours.first:.0%}", f"{told.baseline.first:.0%}"),
        Row(
            "the right article suggested, among three",
            f"{told.ours.first_three:.0%}",
            f"{told.baseline.first_three:.0%}",
        ),
    ]
