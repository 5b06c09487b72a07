"""Learn from how tickets were categorised, and say what a new one probably is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.tickets.domain.category import Category, CategoryTree
from services.tickets.domain.learning import Guess, Lesson, Totals, features_of, guesses
from services.tickets.domain.storage import CategoryStorage, EquipmentStorage, LearnedStorage
from services.tickets.domain.ticket import Ticket

_TOLD = 3


async def learn_categories(
    learned: LearnedStorage, categories: CategoryStorage, equipment: EquipmentStorage
) -> bool:
    """From some tickets; True if there were any. A ticket counts once, as what it is now.

    The first time it is guessed before it is learned, which tells how good the guesses are.
    """
    tickets = await learned.waiting()
    if not tickets:
        return False
    tree, totals = await categories.tree(), await learned.totals()
    before = await learned.lessons_of([ticket.id for ticket in tickets])
    lessons, results = {}, Counter[str]()
    for ticket in tickets:
        lesson = Lesson(category_id=ticket.category_id, features=await _features(ticket, equipment))
        known = before.get(ticket.id)
        if known == lesson:
            continue
        if known is None and ticket.category_id:
            results.update(_result(await _guessed(learned, totals, tree, lesson.features), lesson, totals))
        lessons[ticket.id] = lesson
    if lessons:
        await learned.learn(lessons, results)
    await learned.done_with(tickets)
    return True


async def suggest_category(
    learned: LearnedStorage, tree: CategoryTree, equipment: EquipmentStorage, ticket: Ticket
) -> list[tuple[Category, float]]:
    """The likeliest first, at most three; nothing while there is too little to go by."""
    found = await _guessed(learned, await learned.totals(), tree, await _features(ticket, equipment))
    return [(tree.get(guess.category_id), guess.probability) for guess in found[:_TOLD]]


async def _guessed(
    learned: LearnedStorage, totals: Totals, tree: CategoryTree, features: Sequence[str]
) -> list[Guess]:
    offered = [one.id for one in tree.categories if tree.offered(one)]
    return guesses(totals, await learned.counts(features), features, offered)


async def _features(ticket: Ticket, equipment: EquipmentStorage) -> tuple[str, ...]:
    kind = await equipment.kind_of(ticket.equipment.id) if ticket.equipment else None
    return features_of(ticket.title, ticket.description, kind, ticket.company.id)


def _result(found: Sequence[Guess], lesson: Lesson, totals: Totals) -> dict[str, int]:
    if not found:
        return {}
    keys = [guess.category_id for guess in found[:_TOLD]]
    return {
        "guessed": 1,
        "right": int(keys[0] == lesson.category_id),
        "among_three": int(lesson.category_id in keys),
        "commonest": int(totals.most_frequent == lesson.category_id),
    }
