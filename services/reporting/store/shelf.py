"""Articles, their uses, and searches in vain, as faq tells them: of no generation, unlike tickets."""

from __future__ import annotations

from collections.abc import Collection as Keys
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.inbox import save_if_newer
from chassis.mongo import Collection, Database, Document
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn, SearchMissed
from contracts.faq_http import Miss
from services.reporting.domain.reports.articles import Shelved, Used

# As long as faq keeps them itself.
_MISSES_KEPT_SECONDS = 400 * 24 * 3600


class Shelf:
    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._articles: Collection = database["articles"]
        self._uses: Collection = database["article_uses"]
        self._misses: Collection = database["missed_searches"]
        self._zone = zone

    async def prepare(self) -> None:
        await self._uses.create_index([("at", ASCENDING)])
        await self._uses.create_index([("article", ASCENDING), ("at", ASCENDING)])
        await self._misses.create_index([("at", ASCENDING)], expireAfterSeconds=_MISSES_KEPT_SECONDS)

    async def hear_article(self, article: ArticlePublished | ArticleWithdrawn) -> None:
        """A withdrawn one keeps its name and category, for the uses it had."""
        is_published = isinstance(article, ArticlePublished)
        fields: Document = {"title": article.title, "is_published": is_published}
        if article.category is not None:
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

    async def hear_miss(self, missed: SearchMissed, at: datetime) -> None:
        """The newest of what was typed on, however late or often it is told."""
        await save_if_newer(self._misses, missed.id, missed.version, {"query": missed.query, "at": at})

    async def all(self) -> list[Shelved]:
        found = self._articles.find({}, {"title": 1, "category": 1, "is_published": 1})
        return [_shelved(one) async for one in found]

    async def uses_since(self, first: date, last: date) -> Iterable[Used]:
        """From the first day on, also after the last: a ticket of the last day is solved later."""
        end = self._midnight(last + timedelta(days=1))
        found = self._uses.find({"at": {"$gte": self._midnight(first)}})
        return [
            Used(one["article"], one["kind"], one["ticket"], is_within=one["at"] < end) async for one in found
        ]

    async def find(self, article: UUID) -> Shelved | None:
        found = await self._articles.find_one({"_id": article})
        return _shelved(found) if found else None

    async def used_for(
        self, article: UUID | None, first: date, last: date | None = None, kinds: Keys[str] = ()
    ) -> frozenset[int]:
        days = {"$gte": self._midnight(first)}
        if last is not None:
            days["$lt"] = self._midnight(last + timedelta(days=1))
        query: Document = {"at": days, "ticket": {"$ne": None}}
        if article is not None:
            query["article"] = article
        if kinds:
            query["kind"] = {"$in": list(kinds)}
        found = self._uses.find(query, {"_id": 0, "ticket": 1})
        return frozenset([one["ticket"] async for one in found])

    async def misses(self, first: date, last: date, limit: int) -> list[Miss]:
        """The most frequent first."""
        days = {"$gte": self._midnight(first), "$lt": self._midnight(last + timedelta(days=1))}
        groups = await self._misses.aggregate(
            [
                {"$match": {"at": days}},
                {"$group": {"_id": "$query", "count": {"$sum": 1}, "last_at": {"$max": "$at"}}},
                {"$sort": {"count": -1, "last_at": -1, "_id": 1}},
                {"$limit": limit},
            ]
        )
        return [Miss(query=one["_id"], count=one["count"], last_at=one["last_at"]) async for one in groups]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)


def _shelved(article: Document) -> Shelved:
    return Shelved(article["_id"], article["title"], article.get("category", ""), article["is_published"])
