"""What a service keeps of others' aggregates: the newest version wins, a late or repeated one is dropped."""

from __future__ import annotations

from uuid import UUID

from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Document


async def save_if_newer(mirror: Collection, key: UUID, version: int, fields: Document) -> bool:
    """Keep `fields` as version `version` of `key`; False if a version at least as new is there.

    The version in the filter is the whole inbox: effect and mark are one atomic write.
    """
    try:
        await mirror.update_one(
            {"_id": key, "version": {"$lt": version}}, {"$set": {**fields, "version": version}}, upsert=True
        )
    except DuplicateKeyError:
        return False
    return True
