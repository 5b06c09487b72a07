"""What a client has: papers, equipment, installations; added, told of in time, merged, revoked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.browser.clients import Registry, registry_at
from tests.browser.conftest import OpenWindow, enrol, signed_in
from tests.browser.test_client_card import cell
from tests.calendar import today


@pytest.fixture
async def registry(helpdesk: Stack) -> AsyncIterator[Registry]:
    async with registry_at(helpdesk.url) as registry:
        yield registry


@pytest.fixture
async def dispatcher(window: OpenWindow) -> Page:
    return await signed_in(await window(), "dispatcher")


async def test_a_contract_that_meets_another_one_is_refused_with_what_was_typed(
    dispatcher: Page, registry: Registry
) -> None:
    company = await registry.company()
    for number, status in (("1/26", "действует"), ("2/26", "")):
        await dispatcher.goto(f"/clients/{company}/contracts")
        await dispatcher.click("text=Добавить договор")
        form = dispatcher.locator(".adding-form")
        await form.locator("[name=number]").fill(number)
        await form.locator("[name=valid_from]").fill(today().isoformat())
        await form.locator("[name=included_minutes]").fill("1,5")
        await form.locator(".button.primary").click()
        if status:
            await expect(dispatcher.locator(".contract-state")).to_have_text(status)
            await expect(cell(dispatcher, "Часов в месяц")).to_contain_text("1,5 ч")
    await expect(dispatcher.locator(".problem")).to_contain_text("другой договор")
    await expect(dispatcher.locator("[name=number]")).to_have_value("2/26")
    await dispatcher.goto(f"/clients/{company}")
    await expect(dispatcher.locator(".hours")).to_contain_text("осталось 1 ч 30 мин")


async def test_what_ends_soon_is_on_the_card_and_in_the_list_of_all(
    dispatcher: Page, registry: Registry
) -> None:
    name = f"ООО «{new_id()}»"
    company = await registry.company(name)
    soon = (today() + timedelta(days=5)).isoformat()
    licence = {"company_id": company, "product": "Антивирус", "valid_until": soon, "seats": 2}
    await registry.call("POST", "/licences", licence)
    await dispatcher.goto(f"/clients/{company}")
    await expect(dispatcher.locator(".endings")).to_contain_text("ещё 5 дней")
    await dispatcher.goto("/terms")
    await dispatcher.select_option("[name=within]", "7")
    await dispatcher.wait_for_url("**within=7")
    row = dispatcher.locator("tr", has_text=name)
    await expect(row).to_contain_text("ещё 5 дней")
    await row.locator("text=Антивирус").click()
    await dispatcher.wait_for_url(f"**/clients/{company}/licences/*")


async def test_a_one_time_link_enrols_one_and_is_shown_once(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    company = await registry.company("ООО «Разовая»")
    await dispatcher.goto(f"/clients/{company}/devices")
    await dispatcher.click("text=Создать")
    link = await dispatcher.locator(".made code").first.text_content()
    code = await dispatcher.locator(".made code").last.text_content()
    assert link is not None
    assert code is not None
    await dispatcher.goto(f"/clients/{company}/devices")
    assert code not in await dispatcher.content()
    employee = await window()
    await employee.goto(link)
    await expect(employee.locator("main")).to_contain_text("ООО «Разовая»")
    await employee.fill("[name=full_name]", "Одинцов Олег")
    await employee.fill("[name=phone]", "112")
    await employee.fill("[name=email]", f"{new_id()}@example.ru")
    await employee.click("main .button.primary")
    await employee.wait_for_url("**/portal")
    second = await window()
    await second.goto(link)
    await expect(second.locator("main")).to_contain_text("Такого кода нет")


async def _until_at(page: Page, path: str) -> None:
    """The gateway hears of it by an event."""
    async with asyncio.timeout(20):
        while not page.url.endswith(path):
            await page.goto("/portal")


async def test_an_installation_is_blocked_let_in_again_and_revoked_for_good(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    employee = await window()
    await enrol(employee)
    await dispatcher.goto("/devices")
    row = dispatcher.locator("tbody tr", has_text="browser").first
    await row.get_by_role("button", name="Заблокировать").click()
    await expect(row).to_contain_text("заблокирована")
    await _until_at(employee, "/portal/enrol")
    await row.get_by_role("button", name="Разблокировать").click()
    await expect(row).to_contain_text("подтверждена")
    await _until_at(employee, "/portal")
    await row.locator("summary", has_text="Отозвать").click()
    await row.get_by_role("button", name="Отозвать насовсем").click()
    await expect(dispatcher.locator("main")).to_be_visible()
    await _until_at(employee, "/portal/enrol")
    await dispatcher.goto("/devices?state=revoked")
    await expect(dispatcher.locator("tbody tr").first).to_contain_text("отозвана")


async def test_a_newcomer_under_a_known_address_is_confirmed_by_hand(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    company = await registry.company("ООО «Двойник»")
    email = f"{new_id()}@example.ru"
    await registry.person(company, "Настоящая Нина", email=email)
    code = (await registry.call("POST", f"/companies/{company}/codes", {}))["code"]
    employee = await window()
    await employee.goto(f"/portal/enrol?code={code}")
    await employee.fill("[name=full_name]", "Подозрительный Пётр")
    await employee.fill("[name=phone]", "112")
    await employee.fill("[name=email]", email)
    await employee.click("main .button.primary")
    await employee.wait_for_url("**/portal")
    await dispatcher.goto(f"/clients/{company}/devices?state=unconfirmed")
    await expect(dispatcher.locator(".claimed")).to_contain_text("Подозрительный Пётр, 112")
    await dispatcher.click("td >> text=Подтвердить")
    await expect(dispatcher.locator(".empty")).to_contain_text("Никто не ждёт")


async def test_a_piece_of_equipment_is_added_and_shows_its_tickets(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    company = await registry.company()
    await registry.person(company, "Ёлкина Яна Львовна")
    await dispatcher.goto(f"/clients/{company}/equipment")
    await dispatcher.click("text=Добавить оборудование")
    await dispatcher.fill(".adding-form [name=name]", "Сервер в углу")
    await dispatcher.fill(".adding-form [name=addresses]", "10.0.0.5, fe80::1")
    await dispatcher.click(".adding-form .button.primary")
    await dispatcher.click("#found >> text=Сервер в углу")
    await dispatcher.wait_for_load_state()
    addresses = dispatcher.locator("dt:text-is('Адреса') + dd")
    await expect(addresses).to_contain_text("10.0.0.5, fe80::1")
    await addresses.locator("a").click()
    await addresses.locator("[name=value]").fill("10.0.0.500")
    await dispatcher.keyboard.press("Enter")
    await expect(addresses.locator(".edit-problem")).to_contain_text("Это не адреса")
    await dispatcher.keyboard.press("Escape")
    user = dispatcher.locator("dt:text-is('Кто пользуется') + dd")
    await user.locator("a").click()
    await user.locator("select").select_option(label="Ёлкина Яна Львовна")
    await user.locator("text=Сохранить").click()
    await expect(user.locator(".value-said")).to_contain_text("Ёлкина")
    (piece,) = (await registry.call("GET", f"/equipment?company={company}"))["items"]
    number = await registry.ticket(company, "Сервер гудит", equipment=piece["id"])
    await dispatcher.reload()
    await expect(dispatcher.locator(".piece-tickets tbody tr")).to_contain_text(str(number))


async def test_who_uses_a_licence_is_chosen_until_the_seats_are_taken(
    dispatcher: Page, registry: Registry
) -> None:
    company = await registry.company()
    for name in ("Ёлкина Яна", "Фёдоров Фёдор"):
        await registry.person(company, name)
    await registry.call("POST", "/licences", {"company_id": company, "product": "САПР", "seats": 1})
    await dispatcher.goto(f"/clients/{company}/licences")
    await dispatcher.click(".seats a")
    people = dispatcher.locator("section[aria-label='Сотрудники']")
    await people.locator("select").select_option(label="Ёлкина Яна")
    await people.locator("button:text-is('Добавить')").click()
    await expect(people.locator("li")).to_have_text(["Ёлкина Яна"])
    await people.locator("select").select_option(label="Фёдоров Фёдор")
    await people.locator("button:text-is('Добавить')").click()
    await expect(dispatcher.locator(".problem")).to_contain_text("Столько мест нет")
    await people.locator("li button").click()
    await expect(people.locator("li")).to_have_count(0)


async def test_rows_are_walked_through_by_keyboard(dispatcher: Page, registry: Registry) -> None:
    company = await registry.company()
    for name in ("А", "Б", "В"):
        await registry.call("POST", "/equipment", {"company_id": company, "kind": "ups", "name": name})
    await dispatcher.goto(f"/clients/{company}/equipment")
    for key in ("j", "j", "k"):
        await dispatcher.keyboard.press(key)
    await expect(dispatcher.locator("tr", has_text="А").locator("a").first).to_be_focused()
    await dispatcher.keyboard.press("Enter")
    await expect(dispatcher.locator("h2").first).to_have_text("А")


async def test_a_person_entered_twice_becomes_one(dispatcher: Page, registry: Registry) -> None:
    company = await registry.company()
    await registry.person(company, "Двойников Денис", phone="112")
    await registry.person(company, "Двойников Д.", email="d@example.ru")
    await registry.person(company, "Другая Дарья")
    await dispatcher.goto(f"/clients/{company}/people?q=двойников+д")
    await dispatcher.locator("tr", has_text="d@example.ru").locator(".row-menu summary").click()
    await dispatcher.locator("tr", has_text="d@example.ru").locator("text=Заведён дважды").click()
    await expect(dispatcher.locator(".choices .person").first).to_contain_text("Двойников Денис")
    await dispatcher.click(".choices >> text=Двойников Денис")
    await dispatcher.click("text=Слить")
    await dispatcher.wait_for_url("**/people#person-*")
    await expect(dispatcher.locator("#found tbody tr")).to_have_count(2)
    await dispatcher.goto(f"/clients/{company}/people?archived=true")
    await expect(dispatcher.locator("#found tbody tr")).to_contain_text("заведён дважды")
