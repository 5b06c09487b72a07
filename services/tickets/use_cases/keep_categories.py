"""Dispatchers keep the tree of categories; tickets follow it in the background."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from contracts.categories_http import CategoryPatch, NewCategory
from contracts.people import Author
from services.tickets.domain.category import Category, CategoryTree
from services.tickets.domain.errors import ConflictError, RuleError
from services.tickets.domain.storage import CategoryStorage, TicketStorage

_TRIES = 5
# Who read the tree before it was changed may still be writing what it said then.
_DECIDED_MEANWHILE = timedelta(seconds=10)
_SYSTEM = Author(kind="system", full_name="")


async def add_category(
    categories: CategoryStorage, new: NewCategory, key: UUID, at: datetime
) -> tuple[CategoryTree, Category]:
    """The same key again changes nothing; raises RuleError."""
    return await _decide(categories, at, lambda tree: tree.add(key, new.name, new.parent_id))


async def change_category(
    categories: CategoryStorage, key: UUID, patch: CategoryPatch, version: int | None, at: datetime
) -> tuple[CategoryTree, Category]:
    """Raises RuleError, CategoryNotFoundError, ConflictError when `version` is no longer the newest."""
    wanted = patch.model_dump(exclude_unset=True)

    def decide(tree: CategoryTree) -> Category:
        _check_version(tree, key, version)
        return tree.change(key, wanted)

    return await _decide(categories, at, decide)


async def merge_category(
    categories: CategoryStorage, source: UUID, into: UUID, version: int | None, at: datetime
) -> tuple[CategoryTree, Category]:
    """The category that stays; raises as `change_category`."""

    def decide(tree: CategoryTree) -> Category:
        resolved = tree.resolve(source)
        if resolved is not None and resolved.id == source:
            _check_version(tree, source, version)
        return tree.merge(source, into)

    return await _decide(categories, at, decide)


async def tell_categories(categories: CategoryStorage, at: datetime) -> int:
    """All of the tree once more, for whoever lost it or never heard of it; how many there are."""
    tree = await categories.tree()
    events = [one.saved() for one in tree.categories]
    if events:
        await categories.announce(tree, events, at)
    return len(events)


def named(tree: CategoryTree, said: str | UUID | None) -> dict[str, Any]:
    """A ticket's fields for a category named by path, name or id; raises RuleError with what is alike."""
    if said is None:
        return {"category": None, "category_id": None}
    found = tree.find(str(said)) or _by_id(tree, str(said))
    if found is None:
        alike = ", ".join(f"«{path}»" for path in tree.closest(str(said)))
        hint = f"; did you mean {alike}?" if alike else "; /api/v1/categories lists them"
        raise RuleError("category", f"there is no such category{hint}")
    return {"category": tree.path(found), "category_id": found.id}


async def follow_categories(categories: CategoryStorage, tickets: TicketStorage, at: datetime) -> bool:
    """Bring tickets up to date with the tree; True if there was anything to do.

    Harmless again, and after being cut off: a ticket that says the present path is not found any more.
    """
    tree = await categories.tree()
    if not tree.unsettled:
        return False
    for key in tree.unsettled:
        if (now := tree.resolve(key)) is not None:
            await _follow(tickets, key, now.id, tree.path(now), at)
    if tree.changed_at is None or at - tree.changed_at > _DECIDED_MEANWHILE:
        await categories.settle(tree, tree.unsettled)
    return True


async def _follow(tickets: TicketStorage, key: UUID, now_id: UUID, path: str, at: datetime) -> None:
    after, wrong = 0, path if now_id == key else None
    while found := await tickets.some_behind(key, wrong, after):
        after = found[-1].number
        for ticket in found:
            ticket.follow_category(now_id, path, _SYSTEM, at, new_id())
            # Whoever was faster is met at the next look.
            with contextlib.suppress(ConflictError):
                await tickets.save(ticket, ticket.take_events())


def _by_id(tree: CategoryTree, said: str) -> Category | None:
    try:
        found = tree.resolve(UUID(said))
    except ValueError:
        return None
    return found if found and tree.offered(found) else None


def _check_version(tree: CategoryTree, key: UUID, version: int | None) -> None:
    if version is not None and tree.get(key).version != version:
        raise ConflictError


async def _decide(
    categories: CategoryStorage, at: datetime, decide: Callable[[CategoryTree], Category]
) -> tuple[CategoryTree, Category]:
    """Another category's change is no conflict: this one is decided again on top of it."""
    for _ in range(_TRIES):
        tree = await categories.tree()
        one = decide(tree)
        events = tree.take_events()
        if not events:
            return tree, one
        tree.changed_at = at
        try:
            await categories.save(tree, events, at)
        except ConflictError:
            continue
        return tree, one
    raise ConflictError
