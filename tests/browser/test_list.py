"""The list: live, by keyboard, with everything in the address."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in
from tests.browser.test_ticket import opened


async def test_a_new_ticket_appears_in_an_open_list_without_a_reload(desk: Page, submit: Submit) -> None:
    await desk.evaluate("window.sameAsBefore = true")
    number = await submit("Не печатает принтер в бухгалтерии")
    row = desk.locator(f"#ticket-{number}")
    await expect(row).to_contain_text("Не печатает принтер в бухгалтерии")
    await expect(row.locator(".c-person")).to_have_text("Соколова\u00a0М.\u00a0А.")
    await expect(row.locator(".c-status")).to_have_text("Новая")
    assert await desk.evaluate("window.sameAsBefore")


async def test_a_new_ticket_appears_in_every_view_it_belongs_to(desk: Page, submit: Submit) -> None:
    for view in ("new", "all"):
        await desk.goto(f"/tickets?view={view}")
        number = await submit(f"Пришла в {view}")
        await desk.locator(f"#ticket-{number}").wait_for()


async def test_the_list_is_narrowed_to_a_company(desk: Page, submit: Submit) -> None:
    number = await submit("Заявка одной компании")
    await desk.locator(f"#ticket-{number}").wait_for()
    company = await desk.locator(f"#ticket-{number} .c-company").inner_text()
    await desk.click(".company summary")
    # A blank typed before would close what was just opened.
    await expect(desk.locator(".company input[type=search]")).to_be_focused()
    await desk.keyboard.type(company[:8])
    await desk.click(f".company-choices a:text-is('{company}')")
    await expect(desk.locator(".chip")).to_have_text(company)
    assert "company=" in desk.url
    await expect(desk.locator(f"#ticket-{number}")).to_be_visible()


async def test_rows_that_arrive_do_not_move_what_one_reads(desk: Page, submit: Submit) -> None:
    for place in range(30):
        await submit(f"Заявка для прокрутки {place}")
    await desk.reload()
    await desk.evaluate("document.querySelector('[data-scroll]').scrollTop = 200")
    read = desk.locator("#rows tr").nth(15)
    identity = await read.get_attribute("id")
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    before = await desk.evaluate(top, identity)
    number = await submit("Пришла, пока читали")
    await desk.locator(f"#ticket-{number}").wait_for(state="attached")
    assert await desk.evaluate(top, identity) == before


async def test_the_list_is_worked_by_keyboard(desk: Page, submit: Submit) -> None:
    first, second = await submit("Вторая сверху"), await submit("Первая сверху")
    await desk.locator(f"#ticket-{second}").wait_for()
    await desk.keyboard.press("j")
    await desk.keyboard.press("j")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#ticket h1")).to_have_text("Вторая сверху")
    assert desk.url.endswith(f"/tickets/{first}?view=open")
    await desk.keyboard.press("u")
    await expect(desk.locator("#ticket")).to_have_count(0)
    await desk.keyboard.press("?")
    await expect(desk.locator("#help")).to_be_visible()
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("/")
    await expect(desk.locator("[name=q]")).to_be_focused()


async def test_the_keys_work_on_a_russian_layout(desk: Page, submit: Submit) -> None:
    number = await submit("Русская раскладка")
    await desk.locator(f"#ticket-{number}").wait_for()
    await desk.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))"
    )
    await expect(desk.locator(f"#ticket-{number} a")).to_be_focused()


async def test_back_and_forward_go_through_views_and_tickets(desk: Page, submit: Submit) -> None:
    number = await submit("Туда и обратно")
    await desk.click(".views a:text-is('Все')")
    await desk.wait_for_url("**/tickets?view=all")
    await desk.click(f"#ticket-{number}")
    await expect(desk.locator("#ticket h1")).to_have_text("Туда и обратно")
    await desk.go_back()
    await expect(desk.locator("#ticket")).to_have_count(0)
    await expect(desk.locator(".views [aria-current]")).to_have_text("Все")
    await desk.go_forward()
    await expect(desk.locator("#ticket h1")).to_have_text("Туда и обратно")


async def test_a_search_offers_what_comes_instead_of_mixing_it_in(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    await submit("Сканер штрихкодов")
    other = await submit("Никому не нужная")
    await desk.goto("/tickets?view=all&q=штрихкодов")
    await desk.locator("#rows tr").first.wait_for()
    colleague = await opened(await signed_in(await window(), "dispatcher"), other)
    await colleague.click(".steps button:text-is('Взять в работу')")
    await expect(colleague.locator(".ticket-status")).to_have_text("В работе")
    await submit("Совсем другое")
    await expect(desk.locator(".fresh")).to_contain_text("1 новая заявка")


async def test_a_ticket_that_leaves_the_view_is_not_pulled_away(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Решат в другом окне")
    await desk.locator(f"#ticket-{number}").wait_for()
    colleague = await signed_in(await window(), "dispatcher")
    await colleague.goto(f"/tickets/{number}")
    await colleague.click(".steps button:text-is('Решена')")
    row = desk.locator(f"#ticket-{number}")
    await expect(row.locator(".c-status")).to_have_text("Решена")
    await expect(row).to_have_class("leaving")


async def test_the_list_and_a_ticket_can_be_read_and_answered_without_scripts(
    window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Без скриптов", "Подробности")
    plain = await signed_in(await window(java_script_enabled=False), "specialist")
    await plain.click(f"#ticket-{number} a")
    await plain.fill("#composer textarea", "Ответ без скриптов")
    await plain.click("#composer [type=submit]")
    await expect(plain.locator(".entry-answer")).to_contain_text("Ответ без скриптов")
    await plain.click(".steps button:text-is('Взять в работу')")
    await expect(plain.locator(".entry-change").last).to_contain_text("В работе")
