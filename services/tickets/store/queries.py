"""The list's filters as MongoDB queries, each on an index."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from chassis.mongo import Document
from services.tickets.domain.listing import Position, Wanted
from services.tickets.domain.search import spoken, stem

_SHORTEST_PREFIX = 3
_FIELD_OF_SORT = {
    "-number": ("number", -1),
    "number": ("number", 1),
    "-updated_at": ("updated_at", -1),
    "resolution_due": ("resolution_due", 1),
}


def query_of(wanted: Wanted) -> Document:
    """All values are typed before they come here, so none of them can be an operator."""
    query: Document = {}
    if wanted.statuses:
        query["status"] = {"$in": [status.value for status in wanted.statuses]}
    if wanted.company:
        query["company.id"] = wanted.company
    if wanted.assignee:
        query["assignee.id"] = None if wanted.assignee == "none" else wanted.assignee
    if wanted.category:
        query["category"] = wanted.category
    if wanted.priority:
        query["priority"] = wanted.priority.value
    if wanted.person:
        query["person.id"] = wanted.person
    if wanted.number is not None:
        query["number"] = wanted.number
    elif wanted.text:
        query["$and"] = _all_words(wanted.text)
    if wanted.companies is not None:
        query = {"$and": [query, {"company.id": {"$in": list(wanted.companies)}}]}
    return query


def _all_words(text: str) -> list[Document]:
    """Every word in any of its forms; the last one may still be being typed."""
    words = spoken(text)
    if not words:
        return [{"_id": None}]
    *whole, last = words
    beginning = re.compile(f"^{re.escape(last.replace('ё', 'е'))}")
    typed = [{"words": {"$in": [stem(last), beginning]}}]
    return [{"words": stem(word)} for word in whole] + (
        typed if len(last) >= _SHORTEST_PREFIX else [{"words": stem(last)}]
    )


def sort_of(wanted: Wanted) -> list[tuple[str, int]]:
    field, direction = _FIELD_OF_SORT[wanted.sort]
    return [(field, direction)] if field == "number" else [(field, direction), ("number", direction)]


def after(wanted: Wanted, position: Position) -> Document:
    """Only what comes behind `position` in the wanted order."""
    field, direction = _FIELD_OF_SORT[wanted.sort]
    beyond = "$lt" if direction < 0 else "$gt"
    if field == "number":
        return {"number": {beyond: position.number}}
    key = datetime.fromtimestamp(position.key / 1000, UTC)
    return {"$or": [{field: {beyond: key}}, {field: key, "number": {beyond: position.number}}]}


def position_of(wanted: Wanted, document: Document) -> Position:
    value: Any = document[_FIELD_OF_SORT[wanted.sort][0]]
    key = round(value.timestamp() * 1000) if isinstance(value, datetime) else value
    return Position(key=key, number=document["number"])
