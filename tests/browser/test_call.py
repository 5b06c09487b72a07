"""A call by phone: registered by keyboard alone, and what the company has open already is seen in time."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import Submit


async def test_a_call_is_registered_by_keyboard_and_the_next_one_is_joined(
    desk: Page, submit: Submit
) -> None:
    await submit("Чтобы Соколова была известна")
    await desk.keyboard.press("n")
    await desk.locator("[name=who]").press_sequentially("соколова")
    await expect(desk.locator("#people [name=person]").first).to_be_attached()
    await desk.keyboard.press("Enter")
    await desk.keyboard.type("Гудит бесперебойник в серверной")
    await desk.check("[name=mine]")
    await desk.fill("[name=minutes]", "7")
    await desk.keyboard.press("Control+Enter")
    await expect(desk.locator("#ticket h1")).to_have_text("Гудит бесперебойник в серверной")
    await expect(desk.locator("#property-assignee option:checked")).not_to_have_text("—")
    await expect(desk.locator(".entry-work").first).to_contain_text("7 мин")
    number = await desk.get_attribute("#ticket", "data-number")

    await desk.goto("/new?who=соколова")
    await desk.locator("#people [name=person]").first.check()
    await desk.fill("form[data-keep] [name=title]", "бесперебойник гудит")
    await desk.locator(f"#alike [value='{number}']").click()
    await expect(desk.locator("#ticket h1")).to_have_text("Гудит бесперебойник в серверной")
    await expect(desk.locator(".entry-note")).to_contain_text("бесперебойник гудит")
