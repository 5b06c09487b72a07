"""The list's filters as MongoDB queries, each on an index.

All values are typed before they come here, so none of them can be an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pymongo import DESCENDING

from chassis.mongo import Document
from contracts.categories import SEPARATOR
from services.faq.domain.article import Article
from services.faq.domain.listing import Listed, Position

# After every text that begins alike.
BEYOND_ALL = "\U0010ffff"
NEWEST = [("updated_at", DESCENDING), ("_id", DESCENDING)]


def filtered(listed: Listed) -> Document:
    query: Document = {"status": {"$in": list(listed.statuses)}}
    if listed.visibility:
        query["visibility"] = listed.visibility
    if listed.category is not None:
        query["category"] = listed.category
    if listed.tag is not None:
        query["tags"] = listed.tag
    if listed.stale_on:
        query["status"] = "published"
        # The type, so that an article without a day is not before every day.
        query["check_by"] = {"$lt": listed.stale_on.isoformat(), "$type": "string"}
    if listed.writer:
        query["$or"] = [{"author.id": listed.writer}, {"updated_by.id": listed.writer}]
    if listed.ticket:
        query["ticket"] = listed.ticket
    return query


def with_all(field: str, groups: Sequence[Sequence[str]]) -> list[Document]:
    """A word of each group: the scarcest group's part of the index is read, the rest is looked at."""
    return [{field: {"$in": list(group)}} for group in groups]


def beneath(group: str) -> Document:
    """In a category of the first level, or in one under it."""
    under = group + SEPARATOR
    return {"$or": [{"category": group}, {"category": {"$gte": under, "$lt": under + BEYOND_ALL}}]}


def after(position: Position | None) -> list[Document]:
    if position is None:
        return []
    moment = datetime.fromtimestamp(position.key / 1000, UTC)
    earlier = {"updated_at": {"$lt": moment}}
    same = {"updated_at": moment, "_id": {"$lt": position.id}}
    return [{"updated_at": {"$lte": moment}, "$or": [earlier, same]}]


def position_of(article: Article) -> Position:
    return Position(key=round(article.updated_at.timestamp() * 1000), id=article.id)


def hits(words: Sequence[str]) -> Document:
    """Of each article only those of its words that were asked for leave the server."""

    def met(field: str) -> Document:
        return {"$setIntersection": [f"${field}", list(words)]}

    return {
        "words": met("words"),
        "title": met("title_words"),
        "tags": met("tag_words"),
        "uses": 1,
        "category": 1,
        "length": 1,
    }
