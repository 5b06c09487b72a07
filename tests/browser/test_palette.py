"""Ctrl+K: tickets, clients, articles and commands by a few letters, without a hand on the mouse."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in
from tests.browser.test_accessibility import violations


async def test_a_ticket_a_command_and_a_deed_are_reached_by_the_keyboard(desk: Page, submit: Submit) -> None:
    number = await submit("Палитра красок высохла")
    await desk.keyboard.press("Control+k")
    field = desk.locator("#palette input")
    await expect(field).to_be_focused()
    await field.press_sequentially("палитры")
    found = desk.locator("#palette .hit", has_text="Палитра красок")
    await expect(found).to_have_attribute("aria-selected", "true")
    await desk.keyboard.press("Enter")
    await desk.wait_for_url(f"**/tickets/{number}")

    await desk.keyboard.press("Control+k")
    await field.press_sequentially("заметк")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#composer textarea")).to_be_focused()
    await expect(desk.locator("#composer [name=kind][value=note]")).to_be_checked()

    await desk.keyboard.press("Control+k")
    await field.press_sequentially("табло")
    await desk.keyboard.press("Enter")
    await desk.wait_for_url("**/board")
    await desk.keyboard.press("Control+k")
    await expect(desk.locator("#palette .hit").first).to_be_visible()
    await desk.keyboard.press("Escape")
    await expect(field).to_be_hidden()


async def test_without_scripts_the_same_is_a_page(window: OpenWindow, submit: Submit) -> None:
    number = await submit("Скриптория закрыта")
    page = await signed_in(await window(java_script_enabled=False), "specialist")
    await page.click("[data-palette]")
    await page.fill("main [name=q]", "скриптория")
    await page.keyboard.press("Enter")
    await page.click("main .hit >> text=Скриптория закрыта")
    await page.wait_for_url(f"**/tickets/{number}")


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_palette_is_accessible(window: OpenWindow, submit: Submit, width: int) -> None:
    await submit("Долгая-предолгая заявка " * 8)
    page = await signed_in(
        await window(viewport={"width": width, "height": 800}, bypass_csp=True), "specialist"
    )
    await page.keyboard.press("Control+k")
    await page.locator("#palette input").fill("долг")
    await expect(page.locator("#palette .hit", has_text="Долгая").first).to_be_visible()
    assert await violations(page) == []
