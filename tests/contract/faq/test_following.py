"""Articles follow the tree of categories, whatever its events are like and whoever writes meanwhile."""

from __future__ import annotations

import asyncio
import random
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import now
from contracts.categories import CategorySaved
from services.faq.domain.category import Place
from services.faq.use_cases.follow_categories import follow_categories, hear_category
from tests.contract.faq.conftest import Faq

PRINT, JAM, PAPER, NET = (UUID(int=n) for n in (1, 2, 3, 4))
BEFORE = (
    CategorySaved(id=PRINT, version=1, name="Печать"),
    CategorySaved(id=JAM, version=1, name="Замятие", parent_id=PRINT),
    CategorySaved(id=PAPER, version=1, name="Бумага", parent_id=PRINT),
    CategorySaved(id=NET, version=1, name="Сеть"),
)
AFTER = (
    CategorySaved(id=PRINT, version=2, name="Принтеры"),
    CategorySaved(id=JAM, version=2, name="Застряла бумага", parent_id=PRINT),
    CategorySaved(id=JAM, version=3, name="Замятие бумаги", parent_id=PRINT),
    CategorySaved(id=PAPER, version=2, name="Бумага", parent_id=PRINT, merged_into=JAM),
)
NOW = "Принтеры / Замятие бумаги"


async def hear(faq: Faq, *events: CategorySaved) -> None:
    for said in events:
        await hear_category(faq.library, said, now())


async def read(faq: Faq, article: dict[str, Any]) -> dict[str, Any]:
    return dict((await faq("GET", f"/articles/{article['id']}")).body)


@pytest.mark.parametrize("seed", range(6))
async def test_they_follow_a_rename_and_a_merge_in_any_order(faq: Faq, seed: int) -> None:
    await hear(faq, *BEFORE)
    jam = await faq.article("Замяло", category="Печать / Замятие")
    paper = await faq.article("Сырая бумага", category="Печать / Бумага")
    group = await faq.article("О печати", category="Печать", status="draft")
    other = await faq.article("Нет сети", category="Сеть")
    own = await faq.article("Кофе", category="Кофе-машина")
    gone = await faq.article("Была", category="Печать / Замятие")
    await faq("PATCH", f"/articles/{gone['id']}", {"status": "withdrawn"})
    events = [*BEFORE, *AFTER, *AFTER]
    await hear(faq, *random.Random(seed).sample(events, len(events)))
    assert [(await read(faq, one))["category"] for one in (jam, paper, group, other, own, gone)] == [
        NOW, NOW, "Принтеры", "Сеть", "Кофе-машина", NOW,
    ]  # fmt: skip
    for one in (jam, paper):
        told = [event["data"] for event in await faq.events("articles", one["id"])]
        assert told[-1]["category"] == NOW
        assert [event["version"] for event in told] == sorted({event["version"] for event in told})
    last = (await faq.events("articles", gone["id"]))[-1]
    assert (last["type"], last["data"]["category"]) == ("helpdesk.article.withdrawn.v1", NOW)
    assert await faq.events("articles", group["id"]) == []
    assert len(await faq.events("articles", other["id"])) == 1
    assert {row["name"] for row in (await faq("GET", "/articles/categories")).body["items"]} == {
        NOW, "Принтеры", "Сеть", "Кофе-машина",
    }  # fmt: skip
    assert await faq.titles("застряла") == []
    assert set(await faq.titles("принтеры")) >= {"Замяло", "Сырая бумага"}


async def test_nobody_who_edits_meanwhile_is_held_up_and_old_names_are_understood(faq: Faq) -> None:
    await hear(faq, *BEFORE)
    article = await faq.article("Замяло", category="Печать / Замятие")
    path = f"/articles/{article['id']}"
    await hear(faq, *AFTER)
    assert (await read(faq, article))["version"] == 1
    typed = {"title": "Замяло бумагу", "category": "Печать / Замятие"}
    saved = await faq("PATCH", path, typed, If_Match='"1"')
    assert (saved.status, saved.body["version"], saved.body["category"]) == (200, 2, NOW)
    restored = await faq("POST", f"{path}/restore", {"version": 1})
    assert (restored.body["title"], restored.body["category"]) == ("Замяло", NOW)
    told = [event["data"]["version"] for event in await faq.events("articles", article["id"])]
    assert told == sorted(set(told))
    assert (await faq.article("Новая", category="Печать / Бумага"))["category"] == NOW


async def test_articles_from_before_the_tree_was_heard_of_get_their_place(faq: Faq) -> None:
    article = await faq.article("Замяло", category="Печать / Замятие")
    await hear(faq, *BEFORE)
    assert len(await faq.events("articles", article["id"])) == 1, "it says what it said"
    await faq.kept["articles"].update_many({}, {"$unset": {"followed": ""}})
    assert (await faq("PATCH", f"/articles/{article['id']}", {"tags": ["т"]})).status == 200
    await hear(faq, *AFTER)
    assert (await read(faq, article))["category"] == NOW


async def test_who_was_cut_off_or_looked_at_the_tree_too_early_is_caught_up_with(faq: Faq) -> None:
    await hear(faq, *BEFORE)
    article = await faq.article("Замяло", category="Печать / Замятие")
    for said in AFTER:
        await faq.library.categories.hear(said)
    await follow_categories(faq.library, now())
    assert (await read(faq, article))["category"] == NOW


async def test_who_moves_articles_by_a_tree_that_is_older_by_then_moves_them_on(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hear(faq, *BEFORE)
    article = await faq.article("Замяло", category="Печать / Замятие")
    places, later = faq.library.articles.places, iter([CategorySaved(id=PRINT, version=3, name="Бумага")])

    async def places_after_another_rename() -> list[Place]:
        """The tree was read; before the articles are, a colleague renames and follows to the end."""
        for said in later:
            await hear(faq, said)
        return await places()

    monkeypatch.setattr(faq.library.articles, "places", places_after_another_rename)
    await hear(faq, CategorySaved(id=PRINT, version=2, name="Принтеры"))
    assert (await read(faq, article))["category"] == "Бумага / Замятие"


async def test_edits_and_the_tree_at_once_lose_neither(faq: Faq) -> None:
    await hear(faq, *BEFORE)
    articles = [await faq.article(f"Замяло {n}", category="Печать / Замятие") for n in range(12)]

    async def edit(one: dict[str, Any]) -> None:
        for tag in ("а", "б", "в"):
            answer = await faq("PATCH", f"/articles/{one['id']}", {"tags": [tag]})
            assert answer.status == 200, answer.body

    async def rename(names: list[str], version: int) -> None:
        for number, name in enumerate(names):
            said = CategorySaved(id=JAM, version=version + number, name=name, parent_id=PRINT)
            await hear(faq, said)

    await asyncio.gather(*map(edit, articles), rename(["Раз", "Два"], 2), rename(["Три", "Четыре"], 4))
    for one in articles:
        shown = await read(faq, one)
        assert (shown["category"], shown["tags"]) == ("Печать / Четыре", ["в"])
        told = [event["data"] for event in await faq.events("articles", one["id"])]
        assert [event["version"] for event in told] == list(range(1, len(told) + 1))
        assert (told[-1]["category"], told[-1]["tags"]) == ("Печать / Четыре", ["в"])
