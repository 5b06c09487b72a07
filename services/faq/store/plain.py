"""What one reads of each article is kept with it, also of those written before it was."""

from __future__ import annotations

from pymongo import ASCENDING, UpdateOne

from chassis.mongo import Collection
from services.faq.store.documents import UNREAD, to_article, to_plain

_BATCH = 200
# Another name once something else is read out of the same Markdown.
_READ = "plain text of articles"
_MARKDOWN = {**UNREAD, "plain": 0}


async def keep_plain(articles: Collection, marks: Collection) -> None:
    """Once; harmless again, and after being cut off."""
    if await marks.find_one({"_id": _READ}):
        return
    query: dict[str, object] = {}
    while found := await articles.find(query, _MARKDOWN).sort("_id", ASCENDING).limit(_BATCH).to_list():
        # Who changed one meanwhile read it out as well.
        updates = [
            UpdateOne({"_id": one.id, "version": one.version}, {"$set": {"plain": to_plain(one)}})
            for one in map(to_article, found)
        ]
        await articles.bulk_write(updates, ordered=False)
        query = {"_id": {"$gt": found[-1]["_id"]}}
    await marks.update_one({"_id": _READ}, {"$set": {"done": True}}, upsert=True)
