"""Answer templates."""

from __future__ import annotations

from uuid import UUID

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document
from services.tickets.domain.errors import ConflictError, TemplateNotFoundError
from services.tickets.domain.template import Template


class Templates:
    def __init__(self, database: Database) -> None:
        self._templates = database["templates"]

    async def prepare(self) -> None:
        await self._templates.create_index([("owner.id", ASCENDING), ("name", ASCENDING)])
        await self._templates.create_index([("shared", ASCENDING), ("name", ASCENDING)])

    async def add(self, template: Template) -> bool:
        """False when the id is there already."""
        try:
            await self._templates.insert_one({"_id": template.id, **template.model_dump(exclude={"id"})})
        except DuplicateKeyError:
            return False
        return True

    async def get(self, template_id: UUID) -> Template:
        """Raises TemplateNotFoundError."""
        found = await self._templates.find_one({"_id": template_id})
        if found is None:
            raise TemplateNotFoundError
        return _template(found)

    async def seen_by(self, staff: UUID, most: int) -> list[Template]:
        """By name: one's own, and those that are shared."""
        found = [
            one
            for query in ({"owner.id": staff}, {"shared": True})
            for one in await self._templates.find(query).sort("name", ASCENDING).limit(most).to_list()
        ]
        kept = {one["_id"]: _template(one) for one in found}
        return sorted(kept.values(), key=lambda template: template.name.casefold())

    async def count_of(self, staff: UUID) -> int:
        return await self._templates.count_documents({"owner.id": staff})

    async def save(self, template: Template) -> None:
        """Raises ConflictError if somebody else changed it."""
        before = {"_id": template.id, "version": template.version - 1}
        fields = {"$set": template.model_dump(exclude={"id"})}
        if not (await self._templates.update_one(before, fields)).matched_count:
            raise ConflictError

    async def remove(self, template: Template) -> None:
        """Raises ConflictError if somebody else changed it."""
        same = {"_id": template.id, "version": template.version}
        if not (await self._templates.delete_one(same)).deleted_count:
            raise ConflictError


def _template(document: Document) -> Template:
    return Template.model_validate({**document, "id": document["_id"]})
