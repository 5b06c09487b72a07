"""Passwords: masked until somebody says why, hidden again by themselves, and left nowhere behind."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from deploy.local.stack import Stack
from tests.browser.clients import Registry, registry_at
from tests.browser.conftest import OpenWindow, Submit, dressed, signed_in
from tests.browser.test_accessibility import violations
from tests.browser.test_ticket import opened, write
from tests.end_to_end.callers import eventually

_SECRET = "Зи-9ma <b>x</b> ' \" &"
_SEED = "JBSWY3DPEHPK3PXP"


@pytest.fixture
async def registry(helpdesk: Stack) -> AsyncIterator[Registry]:
    async with registry_at(helpdesk.url) as registry:
        yield registry


async def kept(registry: Registry, label: str = "Маршрутизатор", **fields: Any) -> str:
    """The address of the credentials of a new company that has one."""
    company = await registry.company()
    secret = {"login": "admin-тайный", "secret": _SECRET, "totp_seed": _SEED, "notes": "второй этаж"}
    body = {"company_id": company, "label": label, "address": "https://10.0.0.1", **secret, **fields}
    await registry.call("POST", "/credentials", body)
    return f"/clients/{company}/credentials"


async def reveal(page: Page, why: str = "звонил директор") -> None:
    await page.click(".secret >> text=Показать пароль")
    await page.fill(".secret [name=reason]", why)
    await dressed(page, "form[data-why]")
    await page.keyboard.press("Enter")


async def test_a_password_is_kept_then_shown_to_who_says_why(desk: Page, registry: Registry) -> None:
    company = await registry.company()
    await desk.goto(f"/clients/{company}/credentials")
    await desk.click("text=Добавить доступ")
    await desk.fill(".adding-form [name=label]", "Касса")
    await desk.fill(".adding-form [name=login]", "кассир")
    await desk.fill(".adding-form [name=secret]", _SECRET)
    await desk.click(".adding-form .button.primary")
    await expect(desk.locator(".secret-label")).to_contain_text("Касса")
    assert "кассир" not in await desk.content()
    await desk.click(".secret >> text=Показать пароль")
    await expect(desk.locator("[name=reason]")).to_be_focused()
    await desk.keyboard.type("я")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".secret .edit-problem")).to_contain_text("зачем")
    await desk.keyboard.type(" настраиваю кассу")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".secret-text")).to_have_text(_SECRET)
    await desk.click("text=по буквам")
    await expect(desk.locator(".spelled li").first).to_contain_text("Зинаида, русская, заглавная")
    await desk.click("text=Скрыть")
    await expect(desk.locator(".secret-masked")).to_be_visible()
    assert "кассир" not in await desk.content()


async def test_what_was_shown_is_hidden_when_the_tab_is_left(desk: Page, registry: Registry) -> None:
    address = await kept(registry)
    await desk.goto(address)
    await reveal(desk)
    await expect(desk.locator(".secret-text")).to_have_text(_SECRET)
    await desk.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    await expect(desk.locator(".secret-masked")).to_be_visible()
    assert _SEED not in await desk.content()


async def test_nothing_of_a_secret_is_left_behind(desk: Page, registry: Registry) -> None:
    address = await kept(registry)
    answer = await desk.goto(address)
    assert answer
    assert answer.headers["cache-control"] == "no-store"
    assert "тайный" not in await desk.content()
    await dressed(desk, ".secret-masked a")
    await reveal(desk)
    await expect(desk.locator(".secret-text")).to_have_text(_SECRET)
    await desk.goto("/tickets")
    await desk.go_back()
    await expect(desk.locator(".secret-masked")).to_be_visible()
    assert "тайный" not in await desk.content()
    stored = await desk.evaluate(
        "JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state])"
    )
    assert "тайный" not in stored
    assert "звонил" not in stored


async def test_a_code_counts_down_and_the_next_one_is_asked_for(desk: Page, registry: Registry) -> None:
    await desk.goto(await kept(registry))
    await reveal(desk)
    await expect(desk.locator(".totp-code")).to_have_text(re.compile(r"\d{3} \d{3}"))
    await expect(desk.locator(".ring b")).to_have_text(re.compile(r"^([12]?\d|30)$"))
    async with desk.expect_response("**/reveal") as asked:
        await desk.click("text=Новый код")
    assert "Зи-9ma" not in await (await asked.value).text()
    await expect(desk.locator(".totp-code")).to_have_text(re.compile(r"\d{3} \d{3}"))
    await expect(desk.locator(".secret-text")).to_have_text(_SECRET)


@pytest.fixture
async def timed(window: OpenWindow, registry: Registry) -> Page:
    """A password shown in a window whose clock the test turns."""
    page = await window()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.clock.install()
    await signed_in(page, "specialist")
    await page.goto(await kept(registry))
    await reveal(page)
    await expect(page.locator(".secret-text")).to_have_text(_SECRET)
    return page


async def clipboard(page: Page) -> str:
    text: str = await page.evaluate("navigator.clipboard.readText()")
    return text


async def holds(page: Page, text: str) -> None:
    """Waits until this is in the clipboard; what the page says of it may be gone again by then."""

    async def look() -> bool:
        return (await clipboard(page)).strip() == text

    await eventually(look)


async def emptied(page: Page) -> None:
    await holds(page, "")


async def test_a_copied_password_leaves_the_clipboard_after_half_a_minute(timed: Page) -> None:
    await timed.locator(".secret-lines div[data-line] >> text=Копировать").first.click()
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    assert await clipboard(timed) == _SECRET
    await timed.clock.run_for(32_000)
    await emptied(timed)
    await timed.clock.run_for(31_000)
    await expect(timed.locator(".secret-masked")).to_be_visible()


async def test_a_copied_password_leaves_the_clipboard_on_another_page_too(timed: Page) -> None:
    await timed.locator(".secret-lines div[data-line] >> text=Копировать").first.click()
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    await timed.clock.run_for(5_000)
    await timed.goto("/faq")
    assert await clipboard(timed) == _SECRET
    await timed.clock.run_for(32_000)
    await emptied(timed)


async def test_a_password_copied_by_hand_leaves_the_clipboard_as_well(timed: Page) -> None:
    await timed.locator(".secret-text").select_text()
    await timed.keyboard.press("Control+C")
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    assert await clipboard(timed) == _SECRET
    await timed.clock.run_for(32_000)
    await emptied(timed)


async def test_what_was_copied_after_a_password_stays(timed: Page) -> None:
    await timed.locator(".secret-lines div[data-line] >> text=Копировать").first.click()
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    await timed.locator(".secret-label").first.select_text()
    await timed.keyboard.press("Control+C")
    await timed.clock.run_for(62_000)
    await expect(timed.locator(".secret-masked")).to_be_visible()
    assert "Маршрутизатор" in await clipboard(timed)


async def test_a_command_copied_by_its_button_after_a_password_stays(timed: Page, registry: Registry) -> None:
    article = {"title": "Очередь печати", "body": "```\nnet stop spooler\n```", "status": "published"}
    made = await registry.call("POST", "/articles", article)
    await timed.locator(".secret-lines div[data-line] >> text=Копировать").first.click()
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    await timed.goto(f"/faq/{made['id']}")
    await timed.click(".faq-copy")
    await holds(timed, "net stop spooler")
    await timed.clock.run_for(32_000)
    assert (await clipboard(timed)).strip() == "net stop spooler"


async def test_a_copy_of_nothing_leaves_the_password_to_be_cleared(timed: Page) -> None:
    """Browsers tell of a copy also where nothing is chosen, and leave the clipboard as it was."""
    await timed.locator(".secret-lines div[data-line] >> text=Копировать").first.click()
    await expect(timed.locator(".notice")).to_contain_text("Через 30 с буфер обмена очистится")
    await timed.locator("h1").first.click()
    await timed.keyboard.press("Control+C")
    assert await clipboard(timed) == _SECRET
    await timed.clock.run_for(32_000)
    await emptied(timed)


async def test_a_password_is_changed_without_being_seen(desk: Page, registry: Registry) -> None:
    await desk.goto(await kept(registry))
    await desk.click(".secret .row-menu summary")
    await desk.click("text=Сменить пароль")
    await desk.fill("[name=secret]", "новый-пароль")
    await desk.check("[name=forget-totp_seed]")
    await desk.click(".secret-change .button.primary")
    await expect(desk.locator(".secret-masked")).not_to_contain_text("одноразовые коды")
    await reveal(desk)
    await expect(desk.locator(".secret-text")).to_have_text("новый-пароль")
    await expect(desk.locator(".secret-lines")).to_contain_text("admin-тайный")
    await desk.click("text=Скрыть")
    await desk.click(".secret .row-menu summary")
    await desk.click(".secret >> text=История")
    await expect(desk.locator(".history")).to_contain_text("изменено, не показывается")
    assert "тайный" not in await desk.content()


async def test_a_licences_key_is_kept_and_shown_for_a_reason(desk: Page, registry: Registry) -> None:
    company = await registry.company()
    licence = await registry.call("POST", "/licences", {"company_id": company, "product": "САПР"})
    await desk.goto(f"/clients/{company}/licences/{licence['id']}")
    await desk.click("text=Сохранить ключ")
    await desk.fill("[name=licence_key]", "KLYUCH-1234")
    await desk.click(".licence-key details .button")
    await expect(desk.locator("[name=reason]")).to_be_visible()
    assert "KLYUCH" not in await desk.content()
    await desk.fill("[name=reason]", "переустановка")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".secret-text")).to_have_text("KLYUCH-1234")
    await desk.click("text=Скрыть")
    await expect(desk.locator("[name=reason]")).to_be_visible()
    assert "KLYUCH" not in await desk.content()


async def test_what_opens_a_piece_of_equipment_stands_on_its_page(desk: Page, registry: Registry) -> None:
    company = await registry.company()
    equipment = {"company_id": company, "kind": "router", "name": "Шлюз"}
    piece = (await registry.call("POST", "/equipment", equipment))["id"]
    body = {"company_id": company, "label": "Вход", "equipment_id": piece, "secret": "шлюз-пароль"}
    await registry.call("POST", "/credentials", body)
    await desk.goto(f"/clients/{company}/equipment/{piece}")
    await reveal(desk)
    await expect(desk.locator(".secret-text")).to_have_text("шлюз-пароль")


async def test_a_look_for_a_ticket_is_in_the_audit_and_in_what_has_to_be_changed(
    desk: Page, window: OpenWindow, registry: Registry
) -> None:
    address = await kept(registry, "Сервер бухгалтерии")
    number = await registry.ticket(address.split("/")[2], "Не открывается база")
    await desk.goto(address)
    await reveal(desk, f"№{number}")
    await expect(desk.locator(".secret-text")).to_have_text(_SECRET)
    await desk.goto("/audit")
    await expect(desk.locator(".error-code")).to_have_text("403")
    auditor = await signed_in(await window(), "admin")
    await auditor.goto("/clients")
    await auditor.click(".client-views >> text=Аудит")
    row = auditor.locator("tbody tr", has_text="Сервер бухгалтерии").first
    await expect(row).to_contain_text(f"№ {number}")
    await row.locator("td[data-label='Кто'] a").click()
    await auditor.click("text=Что видел уходящий")
    seen = auditor.locator("tbody tr", has_text="Сервер бухгалтерии")
    await expect(seen.first).to_contain_text("надо сменить")


async def test_a_password_is_shown_without_scripts(window: OpenWindow, registry: Registry) -> None:
    page = await signed_in(await window(java_script_enabled=False), "specialist")
    await page.goto(await kept(registry))
    await page.click(".secret >> text=Показать пароль")
    await page.fill("[name=reason]", "звонил директор")
    await page.click(".secret-why .button.primary")
    await expect(page.locator(".secret-text")).to_have_text(_SECRET)
    await page.click("text=Скрыть")
    await expect(page.locator(".secret-masked")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_are_accessible(
    window: OpenWindow, registry: Registry, size: tuple[int, int], theme: Any
) -> None:
    long = "Электростальскоепусконаладочноеуправление" * 3
    address = await kept(registry, long, address=long, secret=long)
    viewport = {"width": size[0], "height": size[1]}
    page = await signed_in(await window(viewport=viewport, color_scheme=theme, bypass_csp=True), "admin")
    await page.goto(address)
    found = await violations(page)
    await page.click(".secret >> text=Показать пароль")
    await page.locator("[name=reason]").wait_for()
    found += await violations(page)
    await page.fill("[name=reason]", "проверка")
    await page.keyboard.press("Enter")
    await page.locator(".secret-text").wait_for()
    found += await violations(page)
    for other in ("/audit", "/audit/seen", f"/audit/seen?staff={await registry.me()}"):
        await page.goto(other)
        found += await violations(page)
    assert found == []


async def test_beside_a_ticket_one_click_is_enough_and_the_audit_has_the_number(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Не пускает на сервер")
    await opened(desk, number)
    await desk.click("#context-more-credentials summary")
    row = desk.locator(".secret-beside", has_text="Почта: администратор домена")
    await row.get_by_role("button", name="Показать пароль").click()
    await expect(row.locator("[data-secret]").nth(1)).to_have_text("Demo-Mail-3#Vesna")
    await expect(row.locator(".totp-code")).to_be_visible()
    async with desk.expect_response("**/reveal") as asked:
        await row.get_by_text("Новый код").click()
    assert (await asked.value).ok
    colleague = await opened(await signed_in(await window(), "dispatcher"), number)
    await write(colleague, "Я тоже смотрю.")
    await expect(desk.locator(".log")).to_contain_text("Я тоже смотрю.")
    await expect(row).to_have_class(re.compile("secret-shown"))
    await row.get_by_text("Скрыть").click()
    await expect(row).not_to_contain_text("Demo-Mail")
    await expect(row.get_by_role("button", name="Показать пароль")).to_be_visible()
    manager = await signed_in(await window(), "admin")
    await manager.goto(f"/audit?ticket={number}")
    await expect(manager.locator("tbody tr")).to_have_count(3)
