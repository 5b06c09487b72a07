"""The histories: an entry is written inside its document, by the very write of the change, then moved out.

So a change costs no second write and no transaction, and there is none without its entry. `trail` are the
entries that wait, `trail_since` when the oldest was written. Moving may be cut off anywhere and done by
several at once: an entry is known by its thing and version, and stays until it is in the collection.
"""

from __future__ import annotations

from uuid import UUID

from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import BulkWriteError

from chassis.mongo import Collection, Document
from contracts.history_http import HistoryEntry

_SINCE = "trail_since"
_BATCH = 100
_DUPLICATE_KEY = 11000


def trail_fields(entry: HistoryEntry) -> Document:
    """What a new document carries."""
    return {"trail": [entry.model_dump()], _SINCE: entry.at}


def with_entry(update: Document, entry: HistoryEntry) -> Document:
    """A MongoDB update that also leaves the entry."""
    return {
        **update,
        "$push": {**update.get("$push", {}), "trail": entry.model_dump()},
        "$min": {**update.get("$min", {}), _SINCE: entry.at},
    }


async def prepare_trail(collection: Collection) -> None:
    """Sparse: only documents whose entries wait."""
    await collection.create_index([(_SINCE, ASCENDING)], name=_SINCE, sparse=True)
    kept = _kept_of(collection)
    await kept.create_index([("thing", ASCENDING), ("version", DESCENDING)], unique=True)


async def entries_of(collection: Collection, key: UUID, before: int | None, limit: int) -> list[HistoryEntry]:
    """The document is asked first: what is moved away from it meanwhile is then in the collection."""
    document = await collection.find_one({"_id": key}, {"trail": 1})
    older = {"version": {"$lt": before}} if before is not None else {}
    moved = _kept_of(collection).find({"thing": key, **older}, {"_id": 0, "thing": 0})
    found = await moved.sort("version", DESCENDING).limit(limit).to_list()
    waiting = document.get("trail", []) if document else []
    entries = {entry["version"]: HistoryEntry.model_validate(entry) for entry in (*found, *waiting)}
    newest = sorted((version for version in entries if before is None or version < before), reverse=True)
    return [entries[version] for version in newest[:limit]]


async def move_entries(collection: Collection) -> int:
    """Returns of how many documents entries were moved."""
    waiting = collection.find({_SINCE: {"$exists": True}}, {"trail": 1}).sort(_SINCE, ASCENDING)
    documents = await waiting.limit(_BATCH).to_list()
    if not documents:
        return 0
    await _keep(
        _kept_of(collection), [{**entry, "thing": one["_id"]} for one in documents for entry in one["trail"]]
    )
    await collection.bulk_write([_without_moved(one) for one in documents], ordered=False)
    return len(documents)


def _kept_of(collection: Collection) -> Collection:
    return collection.database["history"]


async def _keep(kept: Collection, entries: list[Document]) -> None:
    try:
        await kept.insert_many(entries, ordered=False)
    except BulkWriteError as error:
        # Whoever moved it before did not live to take it out of its document.
        others = [one for one in error.details["writeErrors"] if one["code"] != _DUPLICATE_KEY]
        if others or error.details["writeConcernErrors"]:
            raise


def _without_moved(document: Document) -> UpdateOne:
    """What was added since stays, and stays to be found."""
    last = max(entry["version"] for entry in document["trail"])
    rest = {"$filter": {"input": {"$ifNull": ["$trail", []]}, "cond": {"$gt": ["$$this.version", last]}}}
    nothing = {"$eq": ["$trail", []]}
    kept = {name: {"$cond": [nothing, "$$REMOVE", f"${name}"]} for name in (_SINCE, "trail")}
    return UpdateOne({"_id": document["_id"]}, [{"$set": {"trail": rest}}, {"$set": kept}])
