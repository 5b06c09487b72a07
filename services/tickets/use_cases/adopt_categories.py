"""Free-text categories from before there was a tree get their place in it."""

from __future__ import annotations

from datetime import datetime

from chassis.clock import new_id
from contracts.categories import SEPARATOR
from contracts.categories_http import LONGEST_NAME
from services.tickets.domain.category import Category, CategoryTree
from services.tickets.domain.errors import ConflictError, RuleError
from services.tickets.domain.storage import CategoryStorage, TicketStorage


async def adopt_categories(categories: CategoryStorage, tickets: TicketStorage, at: datetime) -> None:
    """Once for each text that tickets have without an id; harmless again."""
    left = 0
    for text in await tickets.free_categories():
        tree = await categories.tree()
        found = placed(tree, text)
        if found is None:
            continue
        if events := tree.take_events():
            try:
                await categories.save(tree, events, at)
            except ConflictError:
                # Another replica adopts them too: what is left is for the next start.
                left += 1
                continue
        await tickets.adopt(text, found.id, tree.path(found))
    if not left:
        await tickets.end_adopting()


def placed(tree: CategoryTree, text: str) -> Category | None:
    """The category a free text means, made if there is none; None where there is no room for more."""
    if known := tree.find(text):
        return known
    group, _, leaf = (part.strip()[:LONGEST_NAME] for part in text.partition(SEPARATOR.strip()))
    leaf = leaf.replace(SEPARATOR.strip(), "-")
    try:
        top = tree.find(group)
        if top is None or top.parent_id is not None:
            top = tree.add(new_id(), group or "?", None)
        return tree.add(new_id(), leaf, top.id) if leaf else top
    except RuleError:
        return None
