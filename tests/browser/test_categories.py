"""Categories in the browser: kept on their page, chosen on the ticket by the keyboard, followed by it."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in


async def test_a_category_is_made_chosen_and_renamed_and_the_ticket_follows(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    dispatcher = await signed_in(await window(), "dispatcher")
    await dispatcher.goto("/categories")
    await dispatcher.fill(".category-new [name=name]", "Кофемашины")
    await dispatcher.click(".category-new button")
    row = _row(dispatcher, "Кофемашины")
    await expect(row).to_be_visible()

    number = await submit("Не варит кофе")
    await desk.goto(f"/tickets/{number}")
    await desk.keyboard.press("c")
    await desk.fill("#property-category", "кофемашины")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#property-category")).to_have_value("Кофемашины")

    # The field one is in is left alone until one leaves it; then it says what it is called by now.
    await desk.focus("#property-category")
    await dispatcher.reload()
    await row.locator("summary").click()
    await row.locator(".category-deeds [name=name]").fill("Кофе и чай")
    await row.locator(".category-deeds .primary").click()
    await expect(_row(dispatcher, "Кофе и чай")).to_be_visible()
    await expect(desk.locator("[data-part=properties][data-stale]")).to_be_attached()
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#property-category")).to_have_value("Кофе и чай")


def _row(page: Page, name: str) -> Locator:
    """By its own name: the others name it too, where they can be merged into it."""
    return page.locator(".category", has=page.locator(f".category-name:text-is('{name}')"))
