"""The categories: a tree of two levels, kept as one, so that its rules hold whoever changes it at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, PrivateAttr

from contracts.categories import SEPARATOR, CategorySaved
from services.tickets.domain.errors import CategoryNotFoundError, RuleError

# With those merged and archived: they stay, for what was said with them.
MOST = 2000
_CLOSEST = 5
_ALIKE = 0.4


class Category(BaseModel):
    id: UUID
    name: str
    parent_id: UUID | None = None
    archived: bool = False
    merged_into: UUID | None = None
    version: int = 1

    @property
    def is_live(self) -> bool:
        return self.merged_into is None

    def saved(self) -> CategorySaved:
        return CategorySaved(**self.model_dump())


class CategoryTree(BaseModel):
    """`unsettled`: categories whose tickets do not all say the present path yet."""

    version: int = 0
    categories: list[Category] = Field(default_factory=list)
    unsettled: list[UUID] = Field(default_factory=list)
    changed_at: datetime | None = None

    _changed: dict[UUID, Category] = PrivateAttr(default_factory=dict)

    # What is read of it

    def get(self, key: UUID) -> Category:
        """Raises CategoryNotFoundError, for one that was merged as well."""
        found = next((one for one in self.categories if one.id == key and one.is_live), None)
        if found is None:
            raise CategoryNotFoundError
        return found

    def resolve(self, key: UUID) -> Category | None:
        """What a category is by now, merged or not; None for one that never was."""
        found = next((one for one in self.categories if one.id == key), None)
        return self.resolve(found.merged_into) if found and found.merged_into else found

    def path(self, one: Category) -> str:
        parent = self.resolve(one.parent_id) if one.parent_id else None
        return f"{parent.name}{SEPARATOR}{one.name}" if parent else one.name

    def within(self, key: UUID) -> list[UUID]:
        """A category and, for a group, all that is in it."""
        return [key, *(one.id for one in self.children(key))]

    def children(self, key: UUID) -> list[Category]:
        return [one for one in self.categories if one.parent_id == key and one.is_live]

    def in_order(self) -> Iterator[Category]:
        """Groups by name, each followed by what is in it."""
        live = sorted((one for one in self.categories if one.is_live), key=lambda one: _key(one.name))
        for group in live:
            if group.parent_id is None:
                yield group
                yield from (one for one in live if one.parent_id == group.id)

    def offered(self, one: Category) -> bool:
        """Whether tickets may be given it: neither it nor its group is archived."""
        parent = self.resolve(one.parent_id) if one.parent_id else None
        return one.is_live and not one.archived and not (parent and parent.archived)

    def find(self, text: str) -> Category | None:
        """By its path, or by its own name where only one is called so; written large or small."""
        wanted = _path_key(text)
        offered = [one for one in self.in_order() if self.offered(one)]
        by_path = [one for one in offered if _path_key(self.path(one)) == wanted]
        by_name = [one for one in offered if _key(one.name) == wanted]
        return next((found[0] for found in (by_path, by_name) if len(found) == 1), None)

    def closest(self, text: str) -> list[str]:
        """Paths that look like `text`, the most alike first."""
        wanted = _path_key(text)
        told = [
            (
                max(_likeness(wanted, _path_key(self.path(one))), _likeness(wanted, _key(one.name))),
                self.path(one),
            )
            for one in self.in_order()
            if self.offered(one)
        ]
        alike = sorted((one for one in told if one[0] >= _ALIKE), key=lambda one: (-one[0], one[1]))
        return [path for _, path in alike[:_CLOSEST]]

    # What is done with it

    def add(self, key: UUID, name: str, parent_id: UUID | None) -> Category:
        """The same key again changes nothing."""
        known = next((one for one in self.categories if one.id == key), None)
        if known:
            return known
        if len(self.categories) >= MOST:
            raise RuleError("name", "there are as many categories as there can be")
        added = Category(id=key, name=name, parent_id=parent_id, version=0)
        self._check_place(added)
        self.categories.append(added)
        self._note(added)
        return added

    def change(self, key: UUID, wanted: dict[str, Any]) -> Category:
        """Rename, move, archive or restore; tickets follow a path that changed."""
        one = self.get(key)
        before = {name: getattr(one, name) for name in wanted}
        if before == wanted:
            return one
        path = self.path(one)
        for name, value in wanted.items():
            setattr(one, name, value)
        self._check_place(one)
        self._note(one)
        if self.path(one) != path:
            self._unsettle(self.within(key))
        return one

    def merge(self, source_id: UUID, into_id: UUID) -> Category:
        """All of the source's tickets are the target's, and what was in it, too. Harmless again."""
        target = self.get(into_id)
        known = self.resolve(source_id)
        if known is not None and known.id == target.id and source_id != into_id:
            return target
        source = self.get(source_id)
        if source.id == target.id or source.id == target.parent_id:
            raise RuleError("into", "a category cannot be merged into itself, or into what is in it")
        children = self.children(source.id)
        if children and target.parent_id is not None:
            raise RuleError("into", "a group with categories in it can only be merged into another group")
        for child in children:
            child.parent_id = target.id
            self._check_place(child)
            self._note(child)
        for other in self.categories:
            # No chains: whoever was this one is the other one now.
            if other.merged_into == source.id:
                other.merged_into = target.id
                self._note(other)
        source.merged_into, source.archived = target.id, True
        self._note(source)
        self._unsettle([source.id, *(child.id for child in children)])
        return target

    def take_events(self) -> list[CategorySaved]:
        """One for each category that changed; raises the tree's version if any did."""
        events = [one.saved() for one in self._changed.values()]
        self._changed = {}
        self.version += bool(events)
        return events

    def _note(self, one: Category) -> None:
        if one.id not in self._changed:
            one.version += 1
        self._changed[one.id] = one

    def _unsettle(self, keys: list[UUID]) -> None:
        self.unsettled = list(dict.fromkeys([*self.unsettled, *keys]))

    def _check_place(self, one: Category) -> None:
        if one.parent_id is not None:
            parent = next((other for other in self.categories if other.id == one.parent_id), None)
            if parent is None or not parent.is_live or parent.id == one.id:
                raise RuleError("parent_id", "there is no such group")
            if parent.parent_id is not None:
                raise RuleError("parent_id", "there are two levels: this one is in a group itself")
            if self.children(one.id):
                raise RuleError("parent_id", "a group with categories in it cannot be in a group")
            if parent.archived and not one.archived:
                raise RuleError("parent_id", "this group is in the archive")
        twins = (other for other in self.categories if other.parent_id == one.parent_id and other.is_live)
        if any(other.id != one.id and _key(other.name) == _key(one.name) for other in twins):
            raise RuleError("name", "there is one of this name already")


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def _path_key(path: str) -> str:
    return SEPARATOR.join(_key(part) for part in path.split(SEPARATOR.strip()))


def _likeness(one: str, other: str) -> float:
    return 1.0 if one and one in other else SequenceMatcher(None, one, other).ratio()


def sought(tree: CategoryTree, said: str | None) -> dict[str, Any]:
    """What the list is asked for: a group means all in it; what the tree does not know is text."""
    if not said:
        return {}
    try:
        found = tree.resolve(UUID(said))
    except ValueError:
        found = tree.find(said)
    return {"categories": tuple(tree.within(found.id))} if found else {"category": said}
