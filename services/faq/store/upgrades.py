"""What articles from before are given once: harmless again, and after being cut off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection, Document
from services.faq.store.documents import UNREAD, to_article, to_plain

_BATCH = 200
# Another name once something else is read out of the same Markdown.
_READ = "plain text of articles"
_DATED = "days of the newest versions"
_MARKDOWN = {**UNREAD, "plain": 0}


async def upgrade(articles: Collection, revisions: Collection, marks: Collection) -> None:
    await _once(marks, _READ, lambda: _keep_plain(articles))
    await _once(marks, _DATED, lambda: _keep_days(articles, revisions))


async def _once(marks: Collection, mark: str, work: Callable[[], Awaitable[object]]) -> None:
    if not await marks.find_one({"_id": mark}):
        await work()
        await marks.update_one({"_id": mark}, {"$set": {"done": True}}, upsert=True)


async def _keep_plain(articles: Collection) -> None:
    """What one reads of each; who changed one meanwhile read it out as well."""
    async for batch in _batches(articles, _MARKDOWN):
        updates = [
            UpdateOne({"_id": one.id, "version": one.version}, {"$set": {"plain": to_plain(one)}})
            for one in map(to_article, batch)
        ]
        await articles.bulk_write(updates, ordered=False)


async def _keep_days(articles: Collection, revisions: Collection) -> None:
    """The newest version's day is the article's; what earlier ones had is not known any more."""
    async for batch in _batches(articles, {"version": 1, "check_by": 1}):
        updates = [
            UpdateOne(
                {"article_id": one["_id"], "version": one["version"], "check_by": {"$exists": False}},
                {"$set": {"check_by": one.get("check_by")}},
            )
            for one in batch
        ]
        await revisions.bulk_write(updates, ordered=False)


async def _batches(articles: Collection, fields: Document) -> AsyncIterator[list[Document]]:
    query: Document = {}
    while found := await articles.find(query, fields).sort("_id", ASCENDING).limit(_BATCH).to_list():
        yield found
        query = {"_id": {"$gt": found[-1]["_id"]}}
