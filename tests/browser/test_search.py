"""The search of the list: it shows where it found, and opens there."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in
from tests.browser.test_ticket import opened, write


async def test_a_search_shows_the_line_of_the_log_it_found_and_opens_there(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Полосит бухгалтерский плоттер")
    await opened(desk, number)
    for text in ("Снял кожух", "Заменил ракельный нож", *[f"Проверка {n}" for n in range(12)]):
        await write(desk, text)
        await expect(desk.locator(".entry").last).to_contain_text(text)

    await desk.goto("/tickets?view=all&q=плоттеры ракельного")
    row = desk.locator(f"#ticket-{number}")
    await expect(row.locator("mark")).to_have_text(["плоттер", "ракельный"])
    await expect(row.locator(".c-found")).to_have_text("в журнале: Заменил ракельный нож")
    assert 32 <= await row.evaluate("row => row.offsetHeight") <= 36

    colleague = await signed_in(await window(), "dispatcher")
    await opened(colleague, number)
    await colleague.click(".steps button:text-is('Взять в работу')")
    await expect(row.locator(".c-status")).to_have_text("В работе")
    await expect(row.locator("mark")).to_have_text(["плоттер", "ракельный"])

    await row.click()
    await expect(desk.locator(".entry", has_text="ракельный")).to_be_in_viewport()
    assert "#entry-" in desk.url


async def test_a_name_that_was_found_shows_at_every_width(desk: Page, submit: Submit) -> None:
    number = await submit("Дребезжит сканер")
    await desk.goto("/tickets?view=all&q=Соколова дребезжит")
    name = desk.locator(f"#ticket-{number} .c-person mark")
    for width in (1440, 800, 700, 390):
        await desk.set_viewport_size({"width": width, "height": 900})
        await expect(name).to_be_visible()
        await expect(name).to_have_text("Соколова\u00a0М.\u00a0А.")
