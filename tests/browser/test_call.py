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


async def test_a_caller_whom_nobody_knows_is_added_to_their_company_in_the_same_step(
    desk: Page, submit: Submit
) -> None:
    number = await submit("Чтобы компания была известна")
    await desk.goto(f"/tickets/{number}")
    company = (await desk.locator(".ticket-from span").first.inner_text()).split(", ", 1)[1]
    await desk.goto("/new")
    await desk.locator("[name=who]").press_sequentially("Небывалый Тарас Фомич")
    await expect(desk.locator("#people [value=new]")).to_be_checked()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("[name=new_name]")).to_be_focused()
    await expect(desk.locator("[name=new_name]")).to_have_value("Небывалый Тарас Фомич")
    await desk.keyboard.press("Tab")
    await desk.keyboard.insert_text(company)
    await desk.fill("[name=new_phone]", "+7 900 555-66-77")
    await desk.fill("#call-title", "Не включается ноутбук")
    await desk.keyboard.press("Control+Enter")
    await expect(desk.locator(".ticket-from")).to_contain_text(f"Небывалый Тарас Фомич, {company}")
    await desk.goto("/new?who=Небывалый")
    await expect(desk.locator("#people .person").first).to_contain_text("+7 900 555-66-77")


async def test_a_newcomer_of_no_company_is_not_added_and_nothing_typed_is_lost(desk: Page) -> None:
    await desk.goto("/new?who=Пустоцвет")
    await desk.fill("[name=new_company]", "нет такой компании на свете")
    await desk.fill("#call-title", "Ничего не работает")
    await desk.keyboard.press("Control+Enter")
    await expect(desk.get_by_role("alert")).to_contain_text("Новому сотруднику нужны")
    await expect(desk.locator("[name=new_name]")).to_have_value("Пустоцвет")
    await expect(desk.locator("#call-title")).to_have_value("Ничего не работает")
