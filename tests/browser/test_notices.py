"""One is told of what concerns one: in the page one looks at, and in the title of one that is behind."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in


async def test_a_ticket_assigned_to_me_is_told_in_the_page_and_counted_in_the_title(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Назначат мне")
    colleague = await signed_in(await window(), "dispatcher")
    await desk.goto("/notices")
    await expect(desk.locator("[name=assigned]")).to_be_checked()
    await desk.select_option("[name=view]", "new")
    await desk.click("main .button.primary")
    await expect(desk.locator("[name=view]")).to_have_value("new")
    async with desk.expect_response("**/api/v1/notices"):
        await desk.goto("/tickets?view=all")

    name = await desk.evaluate("document.body.dataset.me")
    await colleague.goto(f"/tickets/{number}")
    await colleague.select_option("#property-assignee", name)
    await expect(desk.locator(".notice", has_text=f"№ {number} теперь ваша")).to_be_visible()

    await desk.evaluate("Object.defineProperty(document, 'hasFocus', {value: () => false})")
    await submit("Пришла, пока смотрели в сторону")
    await expect(desk).to_have_title("(1) Заявки · Тикетница")
    await desk.evaluate("dispatchEvent(new Event('focus'))")
    await expect(desk).to_have_title("Заявки · Тикетница")
