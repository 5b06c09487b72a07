"""The piece of equipment a ticket is about: recognised by its snapshot, or found beside it."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in
from tests.browser.test_ticket import opened


async def test_a_new_computer_is_added_from_its_snapshot_and_known_the_next_time(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    snapshot = {"hostname": "NB-NEW-01", "os": "Windows 11", "addresses": ["10.20.1.201", "fe80::1"]}
    number = await submit("Новый ноутбук", diagnostics=snapshot)
    colleague = await opened(await signed_in(await window(), "dispatcher"), number)
    await opened(desk, number)
    await desk.click("text=Добавить и указать в заявке")
    await expect(desk.locator(".piece-chosen")).to_contain_text("NB-NEW-01")
    await expect(desk.locator(".piece-chosen")).to_contain_text("10.20.1.201")
    await expect(desk.locator(".recognised")).to_have_count(0)
    await expect(colleague.locator("[data-part=properties]")).to_contain_text("NB-NEW-01")
    moved = {**snapshot, "hostname": "nb-new-01", "addresses": ["10.20.1.202"]}
    await opened(desk, await submit("Он же, на новом месте", diagnostics=moved))
    await expect(desk.locator(".recognised")).to_contain_text("10.20.1.201")
    await desk.click("text=Обновить сведения")
    await expect(desk.locator(".piece-chosen")).to_contain_text("10.20.1.202")
    await expect(desk.locator(".ticket-client")).to_contain_text("По этому оборудованию")
    await expect(desk.locator(".ticket-client")).to_contain_text("Новый ноутбук")


async def test_a_piece_is_found_by_its_address_chosen_and_taken_away(desk: Page, submit: Submit) -> None:
    await opened(desk, await submit("Не печатает этикетки"))
    beyond = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
    assert await desk.evaluate(beyond) == 0
    await desk.fill("#piece-search", "10.20.1.61")
    await desk.locator("#pieces-found").get_by_text("указать").click()
    await expect(desk.locator("[data-part=properties]")).to_contain_text("Этикетки")
    await expect(desk.locator(".log")).to_contain_text("Оборудование")
    await desk.locator(".piece-chosen").get_by_text("убрать").click()
    await expect(desk.locator(".piece-chosen")).to_have_count(0)
