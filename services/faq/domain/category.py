"""The categories of tickets as faq knows them: what an article's category is called by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.categories import SEPARATOR, CategorySaved


class Place(NamedTuple):
    """Where an article stands: in a category of the tree, or (without an id) in a text of its own."""

    id: UUID | None
    path: str


class Category(BaseModel):
    """`paths`: what it was ever called here."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    parent_id: UUID | None = None
    merged_into: UUID | None = None
    paths: frozenset[str] = frozenset()


class Categories:
    """All that was heard of; groups may come after what is in them."""

    def __init__(self, found: Iterable[Category]) -> None:
        self._known = {one.id: one for one in found}

    def place(self, key: UUID) -> Place | None:
        """Of a category, or of what it was merged into; None while that or its group is unknown."""
        found = self._resolved(key)
        path = self._path(found) if found else None
        return Place(found.id, path) if found and path else None

    def meant(self, text: str) -> Place | None:
        """By what one is called now; else by what only one was called before."""
        called = {one.id for one in self._known.values() if not one.merged_into and self._path(one) == text}
        if not called:
            called = {now.id for one in self._once(text) if (now := self._resolved(one.id))}
        return self.place(called.pop()) if len(called) == 1 else None

    def unremembered(self, said: CategorySaved) -> dict[UUID, set[str]]:
        """Names in use now, and the one that was said (maybe late), that the categories do not remember."""
        new: dict[UUID, set[str]] = {}
        told = Category(id=said.id, name=said.name, parent_id=said.parent_id)
        for one in [*self._known.values(), told]:
            path = self._path(one)
            if path and path not in self._known[one.id].paths:
                new.setdefault(one.id, set()).add(path)
        return new

    def _once(self, text: str) -> Iterator[Category]:
        return (one for one in self._known.values() if text in one.paths)

    def _resolved(self, key: UUID) -> Category | None:
        seen: set[UUID] = set()
        found = self._known.get(key)
        while found and found.merged_into and found.id not in seen:
            seen.add(found.id)
            found = self._known.get(found.merged_into)
        return found if found and not found.merged_into else None

    def _path(self, one: Category) -> str | None:
        if one.parent_id is None:
            return one.name
        group = self._resolved(one.parent_id)
        return f"{group.name}{SEPARATOR}{one.name}" if group else None
