"""Two specialists at once: what one does shows at the other, who goes on reading, choosing and typing."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in

_SELECT = """selector => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(selector));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
_SELECTED = "getSelection().toString()"


async def both_at(desk: Page, window: OpenWindow, number: int) -> Page:
    """The colleague's window; either has the ticket open beside the list."""
    colleague = await signed_in(await window(), "dispatcher")
    for page in (desk, colleague):
        await page.goto(f"/tickets/{number}?view=all")
        await page.locator("#ticket").wait_for()
        await page.evaluate("window.sameAsBefore = true")
    return colleague


async def test_what_one_changes_shows_in_the_others_list_and_ticket(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Касса не пробивает чек")
    colleague = await both_at(desk, window, number)
    await colleague.click(".steps button:text-is('Взять в работу')")
    row = desk.locator(f"#ticket-{number}")
    for place in (row.locator(".c-status"), desk.locator(".ticket-status")):
        await expect(place).to_have_text("В работе")
    taken_by = await colleague.locator("#property-assignee option:checked").inner_text()
    await expect(desk.locator("#property-assignee option:checked")).to_have_text(taken_by)
    await desk.select_option("#property-priority", "urgent")
    await expect(colleague.locator("#property-priority")).to_have_value("urgent")
    await colleague.click("[data-retitle-start]")
    await colleague.fill("[data-retitle] input[name=title]", "Касса не пробивает чек: нет ленты")
    await colleague.keyboard.press("Enter")
    for place in (row.locator(".c-title"), desk.locator("#ticket h1")):
        await expect(place).to_have_text("Касса не пробивает чек: нет ленты")
    for page in (desk, colleague):
        assert await page.evaluate("window.sameAsBefore")


async def test_what_one_has_selected_stays_selected(desk: Page, window: OpenWindow, submit: Submit) -> None:
    number = await submit("Выделенное остаётся", "Инвентарный номер 00-1734")
    colleague = await both_at(desk, window, number)
    steps = {
        "#ticket h1": ("Взять в работу", "В работе"),
        ".ticket-client .card-name": ("Ждём клиента", "Ждём клиента"),
        f"#ticket-{number} .c-title": ("Взять в работу", "В работе"),
        ".request-text": ("Решена", "Решена"),
    }
    for selector, (button, status) in steps.items():
        await desk.evaluate(_SELECT, selector)
        selected = await desk.evaluate(_SELECTED)
        await colleague.locator(".steps").get_by_role("button", name=button, exact=True).click()
        await expect(desk.locator(f"#ticket-{number} .c-status")).to_have_text(status)
        await expect(desk.locator(".ticket-status")).to_have_text(status)
        assert selected
        assert await desk.evaluate(_SELECTED) == selected, selector


async def test_the_row_one_stands_on_keeps_the_focus(desk: Page, window: OpenWindow, submit: Submit) -> None:
    number = await submit("Стою на этой строке")
    colleague = await both_at(desk, window, number)
    await desk.locator(f"#ticket-{number} a").focus()
    await colleague.click(".steps button:text-is('Взять в работу')")
    await expect(desk.locator(f"#ticket-{number} .c-status")).to_have_text("В работе")
    await expect(desk.locator(f"#ticket-{number} a")).to_be_focused()


async def test_both_may_write_at_once_and_neither_loses_a_word(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Пишем вдвоём")
    colleague = await both_at(desk, window, number)
    await desk.fill("#composer textarea", "Ответ первого")
    await colleague.fill("#composer textarea", "Ответ второго")
    await colleague.click("#composer [data-send]")
    await expect(desk.locator(".entry-answer")).to_have_count(1)
    await desk.click("#composer [data-send]")
    for page in (desk, colleague):
        await expect(page.locator(".entry-answer .entry-text")).to_have_text(
            ["Ответ второго", "Ответ первого"]
        )
        await expect(page.locator("#composer textarea")).to_have_value("")


async def test_one_sees_who_has_the_ticket_open_and_who_writes_until_the_tab_closes(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Вдвоём над одной заявкой")
    await desk.goto("/tickets?view=all")
    colleague = await signed_in(await window(), "dispatcher")
    await colleague.goto(f"/tickets/{number}?view=all")
    sign = desk.locator(f"#ticket-{number} .c-title[data-here]")
    await expect(sign).to_be_visible()
    await desk.click(f"#ticket-{number} a")
    await colleague.locator("#composer textarea").press_sequentially("Уже еду")
    await expect(desk.locator(".ticket-here")).to_contain_text("пишет")
    await expect(colleague.locator(".ticket-here")).to_contain_text("открыта ещё у")
    await colleague.close(run_before_unload=False)
    await expect(desk.locator(".ticket-here")).to_be_hidden()
    await expect(sign).to_have_count(0)


async def test_a_title_that_two_change_at_once_is_not_overwritten_unseen(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Два названия")
    colleague = await both_at(desk, window, number)
    for page, title in ((desk, "Название одного"), (colleague, "Название другого")):
        await page.click("[data-retitle-start]")
        await page.fill("[data-retitle] input[name=title]", title)
    await desk.keyboard.press("Enter")
    await expect(colleague.locator(f"#ticket-{number} .c-title")).to_have_text("Название одного")
    await expect(colleague.locator("[data-part=head][data-stale]")).to_be_visible()
    await colleague.locator("[data-retitle] input[name=title]").press("Enter")
    problem = colleague.locator("[data-part=problem]")
    await expect(problem).to_contain_text("Название одного")
    await expect(problem).to_contain_text("Название другого")
    await expect(colleague.locator("#ticket h1")).to_have_text("Название одного")
