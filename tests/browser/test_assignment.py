"""Rules of assignment: written, put right, and asked for a ticket that nobody has."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in


async def test_a_rule_is_written_and_edited_and_gives_a_ticket_to_somebody(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Некому заняться аппендиксом")
    await desk.goto(f"/tickets/{number}?view=all")
    await desk.get_by_role("button", name="по правилам").click()
    await expect(desk.locator("[data-part=problem]")).to_contain_text("Ни одно правило никого не находит")
    dispatcher = await signed_in(await window(), "dispatcher")
    await dispatcher.goto("/assignment")
    await dispatcher.locator("form[action='/assignment/add'] [name=name]").fill("Кто свабоден")
    await dispatcher.locator("form[action='/assignment/add'] [name=kind]").select_option("load")
    await dispatcher.locator("form[action='/assignment/add'] .button.primary").click()
    rule = dispatcher.locator(".rule")
    await expect(rule).to_contain_text("Кто свабоден")
    await rule.locator("summary").click()
    await rule.locator("[name=name]").fill("Кто свободен")
    await rule.get_by_label("Ковалёв Д. А.").check()
    await rule.get_by_role("button", name="Сохранить").click()
    await expect(rule).to_contain_text("Кто свободен")
    await desk.get_by_role("button", name="по правилам").click()
    await expect(desk.locator("#property-assignee option:checked")).to_have_text("Ковалёв Д. А.")
    await expect(desk.locator(".log")).to_contain_text("по правилу «Кто свободен»")
    await rule.get_by_role("button", name="Убрать").click()
    await expect(rule).to_have_count(0)
