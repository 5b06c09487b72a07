"""What a service keeps of others' aggregates: the newest version wins, a late or repeated one is dropped."""

from __future__ import annotations

from uuid import UUID

from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Document


async def save_if_newer(mirror: Collection, key: UUID, version: int, fields: Document) -> bool:
    """Keep `fields` as version `version` of `key`; False if a version at least as new is there.

    The version in the filter is the whole inbox: effect and mark are one atomic write.
    """
    older, kept = {"_id": key, "version": {"$lt": version}}, {"$set": {**fields, "version": version}}
    try:
        await mirror.update_one(older, kept, upsert=True)
    except DuplicateKeyError:
        # It is there: as new as this, or inserted at this very moment as an older version.
        return (await mirror.update_one(older, kept)).matched_count == 1
    return True
