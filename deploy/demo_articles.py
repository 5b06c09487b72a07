"""The demo's FAQ: what the demo's employees complain of, from the Markdown files in articles/."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).parent / "articles"
_AT_ONCE = 6
_CHECKED_WITHIN_DAYS, _OVERDUE_DAYS = 360, 30


class Caller(Protocol):
    async def call(self, method: str, path: str, **options: Any) -> Any: ...


def demo_articles(today: date) -> list[dict[str, Any]]:
    """As the API takes them; a file has its group in the first line, an article may say its own category."""
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        head, *articles = file.read_text().split("\n# ")
        category = head.removeprefix("category:").strip()
        found += [{"category": category, **_article(text)} for text in articles]
    for article, day in zip(found, _days(today), strict=False):
        article["check_by"] = day.isoformat()
    return found


def _article(text: str) -> dict[str, Any]:
    title, about, body = text.split("\n", 2)
    own = {}
    if about.startswith("category:"):
        own["category"] = about.removeprefix("category:").strip()
        about, body = body.split("\n", 1)
    tags, _, flags = about.removeprefix("tags:").partition(";")
    return {
        **own,
        "title": title.strip(),
        "tags": [tag.strip() for tag in tags.split(",")],
        "visibility": "public" if flags.strip() == "public" else "internal",
        "status": "published",
        "body": body.strip(),
    }


def _days(today: date) -> Iterator[date]:
    """Spread over a year; some have passed already, as they do."""
    number = 0
    while True:
        yield today + timedelta(days=number * 37 % _CHECKED_WITHIN_DAYS - _OVERDUE_DAYS)
        number += 1


async def make_articles(admin: Caller, today: date) -> int:
    """Returns how many were written; none where there are some already."""
    if (await admin.call("GET", "/articles", params={"limit": 1}))["items"]:
        return 0
    articles = demo_articles(today)
    turn = asyncio.Semaphore(_AT_ONCE)

    async def write(article: dict[str, Any]) -> None:
        async with turn:
            await admin.call("POST", "/articles", json=article)

    await asyncio.gather(*(write(article) for article in articles))
    return len(articles)
