"""Articles and their uses, as faq tells them: of no generation, for tickets say nothing of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.inbox import save_if_newer
from chassis.mongo import Collection, Database
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn
from services.reporting.domain.reports.articles import Shelved, Used


class Shelf:
    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._articles: Collection = database["articles"]
        self._uses: Collection = database["article_uses"]
        self._zone = zone

    async def prepare(self) -> None:
        await self._uses.create_index([("at", ASCENDING)])

    async def hear_article(self, article: ArticlePublished | ArticleWithdrawn) -> None:
        """A withdrawn one keeps its name and category, for the uses it had."""
        is_published = isinstance(article, ArticlePublished)
        fields = {"title": article.title, "is_published": is_published}
        if isinstance(article, ArticlePublished):
            fields["category"] = article.category
        await save_if_newer(self._articles, article.id, article.version, fields)

    async def hear_use(self, used: ArticleUsed, at: datetime) -> None:
        """Once for each deed, however often it is told."""
        document = {
            "_id": used.use_id,
            "article": used.id,
            "kind": used.kind,
            "ticket": used.ticket,
            "at": at,
        }
        try:
            await self._uses.insert_one(document)
        except DuplicateKeyError:
            return
        # What is told of the article itself is newer, whenever it comes.
        unheard = {"title": used.title, "category": "", "is_published": True, "version": 0}
        await self._articles.update_one({"_id": used.id}, {"$setOnInsert": unheard}, upsert=True)

    async def all(self) -> list[Shelved]:
        found = self._articles.find({}, {"title": 1, "category": 1, "is_published": 1})
        return [
            Shelved(one["_id"], one["title"], one.get("category", ""), one["is_published"])
            async for one in found
        ]

    async def uses_since(self, first: date, last: date) -> Iterable[Used]:
        """From the first day on, also after the last: a ticket of the last day is solved later."""
        end = self._midnight(last + timedelta(days=1))
        found = self._uses.find({"at": {"$gte": self._midnight(first)}})
        return [
            Used(one["article"], one["kind"], one["ticket"], is_within=one["at"] < end) async for one in found
        ]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)
