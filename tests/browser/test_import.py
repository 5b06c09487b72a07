"""A table is brought in: thirty people, three bad rows, and nothing written before one has looked."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.browser.clients import Registry, registry_at
from tests.browser.conftest import OpenWindow, signed_in


@pytest.fixture
async def registry(helpdesk: Stack) -> AsyncIterator[Registry]:
    async with registry_at(helpdesk.url) as registry:
        yield registry


def table(company: str, good: int = 27) -> bytes:
    people = [f"Человек {n};{company};p{n}@{new_id()}.example;8 900 000-00-{n:02}" for n in range(good)]
    bad = [
        f"Без компании;;x@example.ru;{1}",
        f"Кривая почта;{company};не почта;112",
        f";{company};y@e.ru;113",
    ]
    return "\n".join(["ФИО;Компания;Почта;Телефон", *people, *bad]).encode("cp1251")


async def upload(page: Page, content: bytes) -> None:
    await page.goto("/clients/import")
    file = {"name": "люди.csv", "mimeType": "text/csv", "buffer": content}
    await page.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    await page.click("main .button.primary")


async def reached(page: Page, sign: str) -> None:
    """Without scripts one looks again oneself."""
    await page.locator(f"{sign}, .progress").first.wait_for()
    while not await page.locator(sign).count():
        await page.reload()


async def test_thirty_people_with_three_bad_rows(desk: Page, registry: Registry) -> None:
    name = f"ООО «Таблица {new_id()}»"
    company = await registry.company(name)
    await upload(desk, table(name))
    await expect(desk.locator("#column-0")).to_have_value("full_name")
    await expect(desk.locator("#column-3")).to_have_value("phone")
    await desk.click("text=Посмотреть, что станет с каждой строкой")
    await expect(desk.locator(".outcome-create").first).to_contain_text("27")
    await desk.locator(".views .outcome-error", has_text="3").click()
    await expect(desk.locator(".import-rows tbody tr")).to_have_count(3)
    await expect(desk.locator(".import-rows")).to_contain_text("не адрес почты")
    await expect(desk.locator(".import-rows")).to_contain_text("не указано")
    assert (await registry.call("GET", f"/people?company={company}"))["items"] == []
    # One goes away, and comes back to where it was.
    await desk.goto("/clients/import")
    await desk.locator(".endings a", has_text="люди.csv").first.click()
    await desk.click("text=Записать 27 строк")
    await expect(desk.locator(".import-done")).to_be_visible()
    assert len((await registry.call("GET", f"/people?company={company}&limit=200"))["items"]) == 27
    async with desk.expect_download() as errors:
        await desk.click("text=Файл строк с ошибками")
    lines = (await (await errors.value).path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("Кривая почта;")


async def test_what_is_no_table_is_refused_in_words(desk: Page) -> None:
    await upload(desk, b"\x00\x01\x02 not a table")
    await expect(desk.locator(".problem")).to_contain_text("CSV или XLSX")


async def test_hostile_cells_stay_text(desk: Page, registry: Registry) -> None:
    cell = "<img src=x onerror=alert(1)><b hx-get='/logout' hx-trigger='load'>"
    name = f"ООО «{new_id()}»"
    await registry.company(name)
    await upload(desk, f"ФИО;Компания\n{cell};{name}\n".encode())
    await expect(desk.locator(".matching")).to_contain_text("<img src=x")
    await desk.click("text=Посмотреть, что станет с каждой строкой")
    await expect(desk.locator(".import-rows tbody")).to_contain_text("<img src=x")
    await expect(desk.locator("main img")).to_have_count(0)
    await desk.goto("/clients/import")


async def test_it_is_brought_in_without_scripts(window: OpenWindow, registry: Registry) -> None:
    name = f"ООО «Таблица {new_id()}»"
    await registry.company(name)
    page = await signed_in(await window(java_script_enabled=False), "specialist")
    await upload(page, table(name, 3))
    await page.click("text=Посмотреть, что станет с каждой строкой")
    await reached(page, "button:has-text('Записать 3 строки')")
    await page.click("button:has-text('Записать 3 строки')")
    await reached(page, ".import-done")


async def test_passwords_of_another_tool_move_in_unseen(desk: Page, registry: Registry) -> None:
    company = await registry.company(f"ООО «Переезд {new_id()}»")
    name = (await registry.call("GET", f"/companies/{company}"))["name"]
    secret = f"тайна-{new_id()}"
    rows = [
        f"Шлюз;{name};10.0.0.1;root;{secret};пометка-77",
        f"Банк;{name};;ivanov;{secret};",
        f"Ничей;;;x;{secret};",
    ]
    content = "\n".join(["Система;Компания;URL;Логин;Пароль;Разное", *rows])
    await desk.goto(f"/clients/{company}/credentials")
    await desk.click("text=Импорт")
    file = {"name": "пароли.csv", "mimeType": "text/csv", "buffer": content.encode()}
    await desk.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    await desk.click("main .button.primary")
    await expect(desk.locator(".matching")).to_contain_text("не показывается")
    for step in ("text=Посмотреть, что станет с каждой строкой", "text=Записать 2 строки"):
        assert secret not in await desk.content()
        assert "пометка-77" not in await desk.content()
        await desk.click(step)
    await expect(desk.locator(".import-done")).to_be_visible()
    async with desk.expect_download() as errors:
        await desk.click("text=Файл строк с ошибками")
    lines = (await (await errors.value).path()).read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("Ничей;;;;;;4;")
    assert secret not in "".join(lines)
    kept = (await registry.call("GET", f"/credentials?company={company}"))["items"]
    assert sorted(one["label"] for one in kept) == ["Банк", "Шлюз"]
    shown = await registry.call("POST", f"/credentials/{kept[0]['id']}/reveal", {"reason": "после переезда"})
    assert shown["secret"] == secret


async def test_who_archives_what_somebody_changed_is_shown_what_it_was(
    desk: Page, registry: Registry
) -> None:
    company = await registry.company()
    person = await registry.person(company, "Опоздавший Олег", phone="112")
    await desk.goto(f"/clients/{company}/people")
    await registry.call("PATCH", f"/people/{person}", {"phone": "911"})
    await desk.click("summary[aria-label*='Опоздавший']")
    await desk.click("text=В архив")
    await expect(desk.locator(".history")).to_contain_text("112")
    await expect(desk.locator(".history")).to_contain_text("911")
    assert not (await registry.call("GET", f"/people/{person}"))["archived"]
    await desk.click("main button.primary")
    await expect(desk.locator(".tabs")).to_be_visible()
    assert (await registry.call("GET", f"/people/{person}"))["archived"]
