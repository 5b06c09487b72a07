"""Who types before the page listens is heard as soon as it does."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Submit, slow_scripts


@pytest.mark.parametrize(
    ("address", "search", "found", "said"),
    [
        ("/clients", "[data-search] [name=q]", "#found", "Ничего не найдено"),
        ("/faq", "[data-search] [name=q]", "#found", "Ничего не найдено"),
        ("/tickets", "[data-filters] [name=q]", "#list", "Ничего не найдено"),
        ("/new", "[name=who]", "#people", "Никто не найден"),
    ],
)
async def test_what_was_typed_into_a_search_before_its_scripts_came_is_looked_for(
    desk: Page, submit: Submit, address: str, search: str, found: str, said: str
) -> None:
    await submit("Чтобы было что искать")
    arrived = await slow_scripts(desk)
    await desk.goto(address, wait_until="commit")
    await desk.locator(search).fill("непроходимка")
    await expect(desk.locator(found)).not_to_contain_text(said)
    arrived.set()
    await expect(desk.locator(found)).to_contain_text(said)
