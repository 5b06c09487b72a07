"""The pictures of articles; one that no version of any article ever named is forgotten after a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bson import Binary
from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Database, Session
from services.faq.domain.picture import Picture, Sizes

# What somebody pasted and did not save yet: longer than anybody leaves an editor open.
_KEPT_UNUSED = timedelta(days=30)


class Pictures:
    def __init__(self, database: Database) -> None:
        self._pictures: Collection = database["pictures"]
        self._articles: Collection = database["articles"]

    async def prepare(self) -> None:
        await self._pictures.create_index([("unused_until", ASCENDING)], expireAfterSeconds=0)

    async def add(self, picture: Picture) -> None:
        """Harmless where it is already."""
        document = picture.model_dump(exclude={"id"}) | {"data": Binary(picture.data)}
        unused = {"unused_until": picture.at + _KEPT_UNUSED}
        try:
            await self._pictures.insert_one({"_id": picture.id, **document, **unused})
        except DuplicateKeyError:
            return

    async def seen_again(self, key: UUID, at: datetime) -> Picture | None:
        """One that was sent before; if no article has it yet, it may wait for one as long again."""
        await self._pictures.update_one(
            {"_id": key, "unused_until": {"$exists": True}}, {"$set": {"unused_until": at + _KEPT_UNUSED}}
        )
        return await self.find(key)

    async def find(self, key: UUID) -> Picture | None:
        found = await self._pictures.find_one({"_id": key}, {"unused_until": 0})
        return Picture.model_validate({**found, "id": key}) if found else None

    async def sizes(self, keys: Sequence[UUID]) -> Sizes:
        """Of those of these that are there."""
        if not keys:
            return {}
        found = self._pictures.find({"_id": {"$in": list(keys)}}, {"width": 1, "height": 1})
        return {one["_id"]: (one["width"], one["height"]) async for one in found}

    async def is_open(self, key: UUID) -> bool:
        """Whether an article that clients may read shows it."""
        shown = {"pictures": key, "status": "published", "visibility": "public"}
        return await self._articles.find_one(shown, {"_id": 1}) is not None

    async def keep(self, keys: Sequence[UUID], session: Session) -> None:
        """A version of an article names them: from now on for ever, as versions are."""
        if keys:
            await self._pictures.update_many(
                {"_id": {"$in": list(keys)}}, {"$unset": {"unused_until": ""}}, session=session
            )
