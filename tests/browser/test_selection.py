"""Several tickets at once, by keyboard and by pointer."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import Submit


async def test_several_are_taken_by_keyboard_and_those_that_cannot_be_closed_stay_selected(
    desk: Page, submit: Submit
) -> None:
    first, second, third = [await submit(f"Вместе {place}") for place in ("раз", "два", "три")]
    await desk.locator(f"#ticket-{third}").wait_for()
    for key in ("j", "x", "Shift+J", "Shift+J"):
        await desk.keyboard.press(key)
    await expect(desk.locator("[data-bulk-count]")).to_have_text("Выбраны 3")
    await desk.keyboard.press("m")
    for number in (first, second, third):
        await expect(desk.locator(f"#ticket-{number} .c-assignee")).not_to_be_empty()
    await expect(desk.locator("#bulk")).to_be_hidden()

    await desk.click(f"#ticket-{third} .c-select input")
    await desk.click(f"#ticket-{first} .c-select input", modifiers=["Shift"])
    await expect(desk.locator("[data-bulk-count]")).to_have_text("Выбраны 3")
    await desk.select_option("#bulk [name=status]", "closed")
    await desk.click("#bulk .primary")
    await expect(desk.locator("[data-outcome]")).to_contain_text(f"№ {second} её нынешний статус")
    await expect(desk.locator("#rows .c-select input:checked")).to_have_count(3)
