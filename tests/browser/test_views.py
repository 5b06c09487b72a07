"""Saved views: kept, shared, counted live, and where the list begins."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in


async def test_a_shared_view_is_counted_live_and_brought_up_to_date(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    await desk.goto("/tickets?view=open&q=секстант")
    await desk.click(".save-view summary")
    await desk.fill(".save-view [name=name]", "Секстанты")
    await desk.select_option(".save-view [name=shared]", "all")
    await desk.click(".save-view button")
    chosen = desk.locator(".views [aria-current]")
    await expect(chosen).to_have_text("Секстанты 0")
    await submit("Сломался секстант")
    await expect(chosen).to_have_text("Секстанты 1")

    colleague = await signed_in(await window(), "dispatcher")
    await colleague.click(".views a:has-text('Секстанты')")
    await expect(colleague.locator("#rows tr")).to_have_count(1)
    await colleague.select_option(".filters [name=priority]", "low")
    await colleague.click(".views-line button:has-text('Обновить «Секстанты»')")
    await expect(colleague.locator(".views [aria-current]")).to_have_text("Секстанты 0")

    await colleague.goto("/views")
    await colleague.click("[aria-label='Удалить: Секстанты'], [aria-label='Remove: Секстанты']")
    await expect(colleague.locator(".saved-views")).to_have_count(0)
