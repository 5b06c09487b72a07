"""What is learned of categories survives, is corrected, and counts once."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

from services.tickets.domain.learning import Totals
from services.tickets.store import Learned
from services.tickets.use_cases.learn_categories import learn_categories
from tests.contract.tickets.conftest import LIMITED, OTHER_COMPANY, Desk

TITLES = ("Не печатает принтер", "Закончился картридж", "Принтер жуёт бумагу")


async def _learned(desk: Desk) -> Totals:
    learned = Learned(desk.kept.client, desk.kept)
    while await learn_categories(learned, desk.categories, desk.equipment):
        pass
    return await learned.totals()


async def _ticket(desk: Desk, title: str, category: str) -> int:
    number = await desk.receive(title=title)
    assert (await desk("PATCH", f"/tickets/{number}", {"category": category})).status == 200
    return number


async def _settled(desk: Desk, tickets: int) -> Totals:
    """The service learns as well: whoever is first."""
    async with asyncio.timeout(20):
        for pause in itertools.repeat(0.05):
            totals = await _learned(desk)
            if sum(totals.tickets.values()) == tickets:
                break
            await asyncio.sleep(pause)
    return totals


async def _guessed_first(desk: Desk, title: str, path: str) -> dict[str, Any]:
    """Until it is this one: what the service has learned it may know some seconds late."""
    number = await desk.receive(title=title)
    async with asyncio.timeout(20):
        for pause in itertools.repeat(0.1):
            found: list[dict[str, Any]] = (await desk("GET", f"/tickets/{number}/categories")).body["items"]
            if found and found[0]["path"] == path:
                break
            await asyncio.sleep(pause)
    return found[0]


async def test_what_was_categorised_is_learned_once_and_corrected_by_a_later_change(desk: Desk) -> None:
    await desk.categorise("Печать", "Сеть")
    numbers = [await _ticket(desk, title, "Печать") for title in TITLES]
    for title in ("Пропал интернет", "Нет сети", "Принтер не виден по сети"):
        await _ticket(desk, title, "Сеть")
    await _settled(desk, 6)
    first = await _guessed_first(desk, "Не печатает принтер в приёмной", "Печать")
    assert 0.5 < first["probability"] <= 1
    before = await desk.kept["learned_words"].count_documents({})
    for number in numbers:
        await desk("PATCH", f"/tickets/{number}", {"category": "Сеть"})
    async with asyncio.timeout(20):
        for pause in itertools.repeat(0.05):
            totals = await _learned(desk)
            if len(totals.tickets) == 1:
                break
            await asyncio.sleep(pause)
    assert list(totals.tickets.values()) == [6]
    assert await desk.kept["learned_words"].count_documents({}) == before
    await _guessed_first(desk, "Не печатает принтер", "Сеть")


async def test_how_good_the_guesses_were_is_told(desk: Desk) -> None:
    await desk.categorise("Печать", "Сеть")
    for _ in range(3):
        await _ticket(desk, "Принтер не печатает", "Печать")
        await _ticket(desk, "Интернет пропал", "Сеть")
    await _settled(desk, 6)
    await _ticket(desk, "Принтер опять не печатает", "Печать")
    await _settled(desk, 7)
    async with asyncio.timeout(20):
        for pause in itertools.repeat(0.1):
            told = (await desk("GET", "/category-guessing")).body
            if told["learned"] == 7:
                break
            await asyncio.sleep(pause)
    assert told["right"] >= 1
    assert told["guessed"] >= told["among_three"] >= told["right"]


async def test_of_another_companys_ticket_nothing_is_guessed(desk: Desk) -> None:
    number = await desk.receive(company=OTHER_COMPANY)
    assert (await desk("GET", f"/tickets/{number}/categories", who=LIMITED)).status == 404
