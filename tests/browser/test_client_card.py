"""The client card: found while typing, edited where it stands, by two at once too, and without scripts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.browser.clients import Registry, registry_at
from tests.browser.conftest import OpenWindow, signed_in
from tests.browser.test_accessibility import violations
from tests.calendar import today


@pytest.fixture
async def registry(helpdesk: Stack) -> AsyncIterator[Registry]:
    async with registry_at(helpdesk.url) as registry:
        yield registry


@pytest.fixture
async def dispatcher(window: OpenWindow) -> Page:
    return await signed_in(await window(), "dispatcher")


def cell(page: Page, label: str) -> Locator:
    return page.locator(f"td[data-label='{label}'] .value")


async def test_a_client_is_added_and_found_while_typing(dispatcher: Page) -> None:
    name = f"Верёвочная фабрика {new_id()}"
    await dispatcher.click("nav >> text=Клиенты")
    await dispatcher.click("text=Новый клиент")
    await dispatcher.fill("[name=name]", name)
    await dispatcher.fill("[name=tax_id]", "7701234567")
    await dispatcher.click(".adding-form .button.primary")
    await expect(dispatcher.locator("h1")).to_have_text(name)
    await dispatcher.goto("/clients")
    await dispatcher.locator("[name=q]").press_sequentially(f"веревоч {name.split()[-1][:13]}")
    await expect(dispatcher.locator("#found tbody tr")).to_have_count(1)
    await expect(dispatcher).to_have_url(re.compile(r"/clients\?q=%D0%B2"))
    await dispatcher.reload()
    await dispatcher.click(f"#found >> text={name}")
    await expect(dispatcher.locator(".lines")).to_contain_text("7701234567")


async def test_a_client_is_found_by_whoever_calls_and_by_what_they_have(
    dispatcher: Page, registry: Registry
) -> None:
    company = await registry.company(f"ООО «Справочная {new_id()}»")
    await registry.person(company, "Звонкова Зоя", phone="+7 913 777-41-52")
    await registry.call(
        "POST", "/equipment", {"company_id": company, "kind": "ups", "name": "Квазибесперебойник"}
    )
    await dispatcher.goto("/clients")
    await dispatcher.locator("[name=q]").press_sequentially("8 913 777 41 52")
    people = dispatcher.get_by_role("region", name="Сотрудники")
    await expect(people).to_contain_text("Звонкова Зоя")
    await dispatcher.fill("[name=q]", "квазибесперебойнк")
    equipment = dispatcher.get_by_role("region", name="Оборудование")
    await expect(equipment).to_contain_text("Квазибесперебойник")
    await equipment.get_by_text("Квазибесперебойник").click()
    await expect(dispatcher.locator("h2").first).to_have_text("Квазибесперебойник")


async def test_a_value_is_changed_where_it_stands(dispatcher: Page, registry: Registry) -> None:
    company = await registry.company()
    await registry.person(company, "Ёлкина Яна", phone="+7 900 111-11-11")
    await dispatcher.goto(f"/clients/{company}/people")
    phone = cell(dispatcher, "Телефон")
    await phone.locator("a").click()
    field = phone.locator("[name=value]")
    await expect(field).to_be_focused()
    await field.fill("позвоните мне")
    await field.press("Enter")
    await expect(phone.locator(".edit-problem")).to_contain_text("не похоже на номер телефона")
    await expect(field).to_have_value("позвоните мне")
    await field.fill("+7 900 222-22-22")
    await field.press("Enter")
    await expect(phone.locator(".value-said")).to_have_text("+7 900 222-22-22")
    await expect(phone.locator("a")).to_be_focused()
    await dispatcher.keyboard.press("Enter")
    await field.fill("123")
    await field.press("Escape")
    await expect(phone.locator(".value-said")).to_have_text("+7 900 222-22-22")
    assert (await registry.call("GET", f"/people?company={company}"))["items"][0][
        "phone"
    ] == "+7 900 222-22-22"


async def test_two_specialists_edit_the_same_phone_number(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    company = await registry.company()
    await registry.person(company, "Ёлкина Яна", phone="112")
    colleague = await signed_in(await window(), "specialist")
    for page in (dispatcher, colleague):
        await page.goto(f"/clients/{company}/people")
        await cell(page, "Телефон").locator("a").click()
    mine, theirs = cell(dispatcher, "Телефон"), cell(colleague, "Телефон")
    await theirs.locator("[name=value]").fill("+7 900 333-33-33")
    await theirs.locator("[name=value]").press("Enter")
    await expect(theirs.locator(".value-said")).to_have_text("+7 900 333-33-33")
    await mine.locator("[name=value]").fill("+7 900 444-44-44")
    await mine.locator("[name=value]").press("Enter")
    await expect(mine.locator(".edit-problem")).to_contain_text("+7 900 333-33-33")
    await expect(mine.locator("[name=value]")).to_have_value("+7 900 444-44-44")
    await mine.locator("text=Сохранить моё").click()
    await expect(mine.locator(".value-said")).to_have_text("+7 900 444-44-44")
    person = (await registry.call("GET", f"/people?company={company}"))["items"][0]["id"]
    await dispatcher.goto(f"/clients/{company}/people/{person}/history")
    await expect(dispatcher.locator(".history li").first).to_contain_text("+7 900 444-44-44")
    await expect(dispatcher.locator(".history li").nth(1)).to_contain_text("+7 900 333-33-33")


async def test_two_who_edit_different_fields_do_not_meet(
    dispatcher: Page, window: OpenWindow, registry: Registry
) -> None:
    company = await registry.company()
    await registry.person(company, "Ёлкина Яна", phone="112", position="кассир")
    colleague = await signed_in(await window(), "specialist")
    for page, label in ((dispatcher, "Телефон"), (colleague, "Должность")):
        await page.goto(f"/clients/{company}/people")
        await cell(page, label).locator("a").click()
    await cell(colleague, "Должность").locator("[name=value]").fill("старший кассир")
    await colleague.keyboard.press("Enter")
    await expect(cell(colleague, "Должность").locator(".value-said")).to_have_text("старший кассир")
    await cell(dispatcher, "Телефон").locator("[name=value]").fill("113")
    await dispatcher.keyboard.press("Enter")
    await expect(cell(dispatcher, "Телефон").locator(".value-said")).to_have_text("113")
    (person,) = (await registry.call("GET", f"/people?company={company}"))["items"]
    assert (person["phone"], person["position"]) == ("113", "старший кассир")


async def test_it_is_edited_without_scripts(window: OpenWindow, registry: Registry) -> None:
    company = await registry.company("ООО «Без сценариев»", notes="старое")
    page = await signed_in(await window(java_script_enabled=False), "dispatcher")
    await page.goto(f"/clients/{company}")
    await page.click("dt:text-is('Заметки') + dd a")
    await page.fill("[name=value]", "новое\nв две строки")
    await page.click(".edit .button.primary")
    await page.wait_for_url(f"**/clients/{company}")
    await expect(page.locator(".lines .user-text")).to_have_text("новое\nв две строки")
    await page.goto(f"/clients/{company}/people")
    await page.click(".adding summary")
    await page.fill("[name=full_name]", "Плакса Пётр")
    await page.click(".adding-form .button.primary")
    await expect(page.locator("#found tbody tr")).to_have_count(1)


async def test_who_may_not_change_a_company_is_not_offered_it(desk: Page, registry: Registry) -> None:
    company = await registry.company()
    await desk.goto(f"/clients/{company}")
    await expect(desk.locator(".lines .value-said").first).to_be_visible()
    await expect(desk.locator(".lines .value a")).to_have_count(0)
    await desk.goto(f"/clients/{company}/devices")
    await expect(desk.locator(".codes")).to_have_count(0)


_LONG = "Электростальскоепусконаладочноеуправление" * 4


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_are_accessible(
    window: OpenWindow, registry: Registry, size: tuple[int, int], theme: Any
) -> None:
    company = await registry.company(f"ООО «{_LONG}»", notes=_LONG, short_name=_LONG[:60])
    person = await registry.person(company, _LONG, position=_LONG, phone="112", email="a@example.ru")
    soon = (today() + timedelta(days=5)).isoformat()
    licence = {"company_id": company, "product": _LONG, "valid_until": soon, "notes": _LONG}
    licence_id = (await registry.call("POST", "/licences", licence))["id"]
    await registry.call("POST", "/contracts", {"company_id": company, "number": "1", "valid_from": soon})
    await registry.call("POST", f"/companies/{company}/codes", {})
    equipment = {"company_id": company, "kind": "ups", "name": _LONG, "place": _LONG, "notes": _LONG}
    piece = (await registry.call("POST", "/equipment", equipment))["id"]
    viewport = {"width": size[0], "height": size[1]}
    page = await signed_in(await window(viewport=viewport, color_scheme=theme, bypass_csp=True), "dispatcher")
    found: list[str] = []
    card = f"/clients/{company}"
    for address in (
        "/clients",
        "/clients?q=никого+такого",
        *(card + tab for tab in ("", "/people", "/licences", "/contracts", "/tickets", "/devices")),
        f"{card}/equipment",
        f"{card}/equipment/{piece}",
        f"{card}/licences/{licence_id}",
        f"/edit/people/{person}/email",
        f"{card}/history",
        f"{card}/people/{person}/merge",
        f"{card}/people/{person}/history",
        "/terms",
        "/devices",
        "/clients/import",
    ):
        await page.goto(address)
        found += await violations(page)
    await page.goto(f"{card}/people")
    await page.locator(".value a").first.click()
    await page.locator(".edit input[name=value]").wait_for()
    found += await violations(page)
    assert found == []


async def test_the_card_is_read_while_tickets_are_away(
    helpdesk: Stack, dispatcher: Page, registry: Registry
) -> None:
    company = await registry.company("ООО «Без заявок»")
    tickets = helpdesk.services["tickets"]
    await tickets.stop()
    try:
        await dispatcher.goto(f"/clients/{company}")
        await expect(dispatcher.locator(".lines")).to_contain_text("ООО «Без заявок»")
        await expect(dispatcher.locator(".failed")).to_have_count(1)
    finally:
        await tickets.start()
        await tickets.wait_ready()
    await dispatcher.locator(".failed a").click()
    await expect(dispatcher.locator(".failed")).to_have_count(0)
