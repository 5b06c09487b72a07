"""The list's filters as MongoDB queries, each on an index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chassis.mongo import Document
from contracts.tickets import Status
from services.tickets.domain.listing import Position, Wanted
from services.tickets.domain.search import SHORTEST_BEGINNING, spoken, stem

_FIELD_OF_SORT = {
    "-number": ("number", -1),
    "number": ("number", 1),
    "-updated_at": ("updated_at", -1),
    "resolution_due": ("resolution_due", 1),
    "due": ("next_due", 1),
}
# In these an index has the status before the order.
_BY_STATUS = frozenset({"resolution_due", "due"})


def query_of(wanted: Wanted, completions: Sequence[str] | None = None) -> Document:
    """All values are typed before they come here, so none of them can be an operator.

    `completions` are the words that begin as the last one of the text does, where they are known.
    """
    query: Document = {}
    statuses = wanted.statuses or (
        Status if wanted.assignee or wanted.sla or wanted.sort in _BY_STATUS else ()
    )
    if statuses:
        # All of them, where an index has the status before the order: MongoDB merges one list for each.
        query["status"] = {"$in": [status.value for status in statuses]}
    if wanted.assignee:
        query["assignee.id"] = None if wanted.assignee == "none" else wanted.assignee
    equal = {
        "company.id": wanted.company,
        "category": wanted.category,
        "priority": wanted.priority and wanted.priority.value,
        "person.id": wanted.person,
        "equipment.id": wanted.equipment,
    }
    query |= {field: value for field, value in equal.items() if value}
    if wanted.categories:
        query["category_id"] = {"$in": list(wanted.categories)}
    if wanted.number is not None:
        query |= _numbered(wanted)
    elif wanted.text:
        query["$and"] = _all_words(wanted.text, completions)
    if wanted.sla:
        # Each is noted in the ticket within seconds of its moment.
        query |= {"missed": True} if wanted.sla == "broken" else {"promise.is_near": True}
    if wanted.companies is not None:
        query = {"$and": [query, {"company.id": {"$in": list(wanted.companies)}}]}
    return query


def _numbered(wanted: Wanted) -> Document:
    """Bare digits may also be a word of it: «809» is an error of VPN before it is a ticket."""
    number = {"number": wanted.number}
    is_bare = wanted.text.isdigit()
    return {"$or": [number, {"words": stem(wanted.text)}]} if is_bare else number


def being_typed(wanted: Wanted) -> str:
    """The last word of the text as it stands, which may be the beginning of another; empty without one."""
    words = spoken(wanted.text) if wanted.number is None else []
    return words[-1].replace("ё", "е") if words and len(words[-1]) >= SHORTEST_BEGINNING else ""


def _all_words(text: str, completions: Sequence[str] | None) -> list[Document]:
    """Every word in any of its forms; the last one may still be being typed."""
    words = spoken(text)
    if not words:
        return [{"_id": None}]
    *whole, last = words
    conditions: list[Document] = [{"words": stem(word)} for word in whole]
    if len(last) < SHORTEST_BEGINNING:
        return [*conditions, {"words": stem(last)}]
    beginning = re.compile(f"^{re.escape(last.replace('ё', 'е'))}")
    ends = [beginning] if completions is None else [word for word in completions if word != stem(last)]
    return [*conditions, {"words": {"$in": [stem(last), *ends]}}]


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
