"""The FAQ: written with a preview, found while typing, put into an answer, and read by employees."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from playwright.async_api import Page, expect

from deploy.local.stack import Stack
from tests.browser.conftest import OpenWindow, Submit, enrol, signed_in, slow_scripts
from tests.browser.test_accessibility import violations
from tests.unit.chassis.pictures import encoded, noise

Write = Callable[..., Awaitable[str]]
_BODY = "Бывает после бури.\n\n1. Выключите **флюгер**.\n2. Включите снова.\n\n```\nflugel --reset\n```\n"


@pytest.fixture
async def write(helpdesk: Stack) -> AsyncIterator[Write]:
    """Write an article through the public API; returns its id."""
    api = f"{helpdesk.url}/api/v1"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(f"{api}/session", json={"login": "admin", "password": "demo"}) as answer:
            http.headers["X-CSRF-Token"] = (await answer.json())["csrf_token"]

        async def write(title: str, body: str = _BODY, **fields: Any) -> str:
            article = {"title": title, "body": body, "status": "published", **fields}
            async with http.post(f"{api}/articles", json=article) as made:
                assert made.status == 201, await made.text()
                return str((await made.json())["id"])

        yield write


async def test_an_article_is_written_with_a_preview_published_and_found_while_typing(
    window: OpenWindow,
) -> None:
    page = await signed_in(await window(), "dispatcher")
    await page.click("nav >> text=FAQ")
    await page.click(".page-head >> text=Написать статью")
    await page.fill("[name=title]", "Громоотвод искрит")
    await page.fill("[name=body]", "## Что делать\n\n- [ ] отойти\n\n<script>alert(1)</script>")
    await expect(page.locator("#preview h2")).to_have_text("Что делать")
    await expect(page.locator("#preview")).to_contain_text("☐ отойти")
    await expect(page.locator("#preview")).to_contain_text("<script>alert(1)</script>")
    await page.click("main .button.primary")
    await page.click("main >> text=Опубликовать")
    await expect(page.locator("main")).to_contain_text("Снять с публикации")
    await page.goto("/faq")
    await page.locator("[name=q]").press_sequentially("громоотвд")
    await expect(page.locator("#found li").first).to_contain_text("Громоотвод искрит")
    await expect(page.locator("#found mark").first).to_have_text("Громоотвод")
    await expect(page).to_have_url(re.compile(r"/faq\?q=%D0%B3"))


_PASTE = """async (content) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const carrier = new DataTransfer();
  carrier.items.add(new File([bytes], "снимок.png", { type: "image/png" }));
  const field = document.querySelector("[name=body]");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  const pasted = { clipboardData: carrier, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""


async def test_a_picture_is_pasted_seen_in_the_preview_and_by_clients(
    window: OpenWindow, employee: Page
) -> None:
    page = await signed_in(await window(bypass_csp=True), "dispatcher")
    await page.goto("/faq/new")
    await page.fill("[name=title]", "Ветряк: где рычаг")
    await page.fill("[name=body]", "Рычаг здесь:\n\n")
    await page.evaluate(_PASTE, base64.b64encode(encoded(noise(), "PNG")).decode())
    await expect(page.locator("[name=body]")).to_have_value(re.compile(r"picture:[0-9a-f-]{36}"))
    await expect(page.locator("#preview img")).to_have_js_property("naturalWidth", 64)
    await page.click("#preview a:has(img)")
    await expect(page.locator("#viewer")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.evaluate(_PASTE, base64.b64encode(b"no picture at all").decode())
    await expect(page.locator(".notice[data-kind=bad]")).to_contain_text("снимок.png")
    await page.select_option("[name=visibility]", "public")
    await page.click("main .button.primary")
    await page.click("main >> text=Опубликовать")
    await expect(page.locator("main")).to_contain_text("Снять с публикации")
    await employee.goto(f"/portal/articles/{page.url.rpartition('/')[2]}")
    await expect(employee.locator(".faq-body img")).to_have_js_property("naturalWidth", 64)


_DROP = """async ([content, name, type]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  const beside = document.querySelector("#preview");
  for (const happening of ["dragover", "drop"])
    beside.dispatchEvent(new DragEvent(happening, { dataTransfer, bubbles: true, cancelable: true }));
}"""


async def test_pictures_are_dropped_anywhere_and_chosen_and_keep_their_place_free(
    window: OpenWindow,
) -> None:
    page = await signed_in(await window(bypass_csp=True), "dispatcher")
    await page.goto("/faq/new")
    await page.fill("[name=body]", "Рычаг здесь:\n\n")
    content = encoded(noise(), "PNG")
    await page.evaluate(_DROP, [base64.b64encode(content).decode(), "снимок.png", "image/png"])
    shown = page.locator("#preview img")
    await expect(shown).to_have_attribute("width", "64")
    async with page.expect_file_chooser() as chooser:
        await page.click(".faq-choose")
    upright = encoded(noise().resize((300, 2048)), "PNG")
    await (await chooser.value).set_files({"name": "b.png", "mimeType": "image/png", "buffer": upright})
    await expect(shown).to_have_count(2)
    await expect(shown.last).to_have_attribute("height", "512")
    await page.evaluate(_DROP, [base64.b64encode(b"text").decode(), "список.txt", "text/plain"])
    await expect(page.locator(".notice[data-kind=bad]")).to_contain_text("список.txt")
    assert page.url.endswith("/faq/new")


async def test_a_checklist_is_ticked_off_while_one_works_through_it(desk: Page, write: Write) -> None:
    steps = "- [ ] снять `флюгер`\n- [x] дождаться **штиля**\n  1. и ещё немного\n- повесить обратно"
    await desk.goto(f"/faq/{await write('Замена флюгера', steps)}")
    await desk.get_by_label("снять флюгер", exact=True).check()
    await desk.get_by_label("дождаться штиля", exact=True).uncheck()
    await desk.reload()
    await expect(desk.get_by_label("снять флюгер", exact=True)).to_be_checked()
    await expect(desk.get_by_label("дождаться штиля", exact=True)).not_to_be_checked()
    await expect(desk.locator(".faq-body input")).to_have_count(2)
    assert "☐" not in await desk.inner_text(".faq-body")
    assert await violations(desk) == []


async def test_a_tag_leads_to_all_that_have_it(window: OpenWindow, write: Write) -> None:
    article = await write("Секстант врёт", tags=["звёзды & карты"])
    await write("Астролябия врёт", tags=["звёзды & карты", "медь"])
    await write("Лаг врёт", tags=["медь"])
    page = await signed_in(await window(), "specialist")
    await page.goto(f"/faq/{article}")
    await page.click("text=звёзды & карты")
    titles = page.locator("#found .faq-title")
    await expect(titles).to_have_text(["Астролябия врёт", "Секстант врёт"])
    await page.locator("[name=q]").press_sequentially("врёт")
    await expect(page.locator("#found mark")).to_have_count(2)
    await expect(titles).to_have_count(2)


async def test_a_version_is_compared_and_taken_back(window: OpenWindow, write: Write) -> None:
    article = await write("Две версии", "раз")
    page = await signed_in(await window(), "dispatcher")
    await page.goto(f"/faq/{article}/edit")
    await page.fill("[name=body]", "два")
    await page.fill("[name=tags]", "новая")
    await page.select_option("[name=visibility]", "public")
    await page.click("main .button.primary")
    await page.click("text=версия 2")
    await expect(page.locator(".faq-diff .removed")).to_have_text("раз")
    await expect(page.locator(".faq-diff .added")).to_have_text("два")
    await expect(page.locator(".faq-changed div")).to_have_text(
        [re.compile(r"Метки\s*новая"), re.compile(r"Кто читает\s*Коллеги\s*Коллеги и клиенты")]
    )
    await page.click(".faq-revisions >> text=версия 1")
    await page.click("text=Вернуть эту версию")
    await expect(page.locator(".faq-body")).to_have_text("раз")


async def test_a_suggestion_goes_into_the_answer_and_is_counted(
    desk: Page, submit: Submit, write: Write
) -> None:
    article = await write("Флюгер на крыше не крутится")
    number = await submit("Флюгер не крутится на крыше", "Со вчерашней бури")
    await desk.goto(f"/tickets/{number}")
    fitting = desk.locator(".fitting li", has_text="Флюгер на крыше не крутится")
    async with desk.expect_response("**/uses") as told:
        await fitting.locator("text=вставить в ответ").click()
    assert (await told.value).ok
    await expect(desk.locator("#composer textarea")).to_have_value("1. Выключите флюгер.\n2. Включите снова.")
    await desk.fill("#composer textarea", "")
    await desk.goto(f"/faq/{article}")
    await expect(desk.locator(".faq-facts")).to_contain_text("помогла 1 раз")


async def test_what_fits_follows_the_ticket(desk: Page, submit: Submit, write: Write) -> None:
    await write("Гюйс полощется")
    number = await submit("Помогите, срочно")
    await desk.goto(f"/tickets/{number}")
    fitting = desk.locator("[data-fits]")
    await expect(fitting).to_contain_text("Подходящих статей пока нет")
    await desk.click("[data-retitle-start]")
    await desk.fill("[data-retitle] input[name=title]", "Гюйс полощется слабо")
    await desk.keyboard.press("Enter")
    await expect(fitting.locator(".fitting-list a").first).to_have_text("Гюйс полощется")


async def test_a_link_to_a_public_article_goes_into_the_answer(
    desk: Page, submit: Submit, write: Write
) -> None:
    article = await write("Громкоговоритель хрипит", visibility="public")
    number = await submit("Хрипит громкоговоритель", "На крыше")
    await desk.goto(f"/tickets/{number}")
    fitting = desk.locator(".fitting li", has_text="Громкоговоритель хрипит")
    async with desk.expect_response("**/uses") as told:
        await fitting.locator("text=дать ссылку").click()
    assert (await told.value).ok
    await expect(desk.locator("#composer textarea")).to_have_value(
        re.compile(rf"^Громкоговоритель хрипит: http://.*/portal/articles/{article}$")
    )
    await desk.fill("#composer textarea", "")
    row = desk.locator(".report-articles tr", has_text="Громкоговоритель хрипит")

    async with asyncio.timeout(30):
        await desk.goto("/reports/articles")
        while not await row.count():
            await desk.reload()
    await expect(row.locator("[data-label=Ссылкой]")).to_have_text("1")


async def test_an_article_to_be_read_again_reminds_its_author(window: OpenWindow, write: Write) -> None:
    article = await write("Перископ: чем протирать", check_by="2020-01-01")
    page = await signed_in(await window(), "admin")
    await page.goto("/tickets")
    await expect(page.locator("[data-due] .bar-count")).to_be_visible()
    await page.goto("/faq?stale=true&mine=true")
    await page.click("text=Перископ: чем протирать")
    await page.click("text=Верно, ещё на полгода")
    await expect(page.locator(".faq-due")).to_have_count(0)
    await page.goto(f"/faq/{article}/versions")
    await expect(page.locator(".faq-revisions li")).to_have_count(2)


async def test_the_report_tells_what_to_write_next(window: OpenWindow) -> None:
    page = await signed_in(await window(), "dispatcher")
    await page.goto("/faq")
    async with page.expect_response(lambda answer: f"q={quote('шлюпбалка')}" in answer.url) as asked:
        await page.locator("[name=q]").press_sequentially("шлюпбалка")
    assert (await asked.value).ok
    await page.goto("/reports/articles")
    missed = page.locator("section[aria-labelledby=missed] tr", has_text="шлюпбалка")
    async with asyncio.timeout(30):
        while not await missed.count():
            await page.reload()
    await missed.locator("text=написать").click()
    await expect(page.locator("[name=title]")).to_have_value("шлюпбалка")


async def test_the_palette_marks_what_it_found_in_articles(desk: Page, write: Write) -> None:
    await write("Паруса Windows сушат на берегу")
    await write("Камбуз чадит", "Проветрите аутлук у рынды.")
    await desk.keyboard.press("Control+k")
    await desk.locator("#palette input").press_sequentially("паруса винды")
    hit = desk.locator("#palette .hit", has_text="на берегу")
    await expect(hit.locator("mark")).to_have_text(["Паруса", "Windows"])
    await desk.locator("#palette input").fill("рында outlook")
    hit = desk.locator("#palette .hit", has_text="Камбуз чадит")
    await expect(hit.locator(".hit-found mark")).to_have_text(["аутлук", "рынды"])


async def test_a_ticket_becomes_the_draft_of_an_article(desk: Page, submit: Submit) -> None:
    number = await submit("Кондиционер капает на сервер", "Лужа под стойкой")
    await desk.goto(f"/tickets/{number}")
    await desk.click("text=статья из этой заявки")
    await desk.wait_for_url("**/edit")
    await expect(desk.locator("[name=title]")).to_have_value("Кондиционер капает на сервер")
    await expect(desk.locator("#preview")).to_contain_text("Лужа под стойкой")
    await expect(desk.locator(".faq-material")).to_have_count(0)
    first = desk.url
    await desk.goto(f"/tickets/{number}")
    await desk.click("text=статья из этой заявки")
    await desk.wait_for_url(f"{first}?there")
    await expect(desk.locator(".faq-due")).to_contain_text("Черновик по этой заявке уже есть")


async def test_what_was_noted_on_the_ticket_is_offered_and_taken_over_by_hand(
    desk: Page, submit: Submit
) -> None:
    number = await submit("Дымоход гудит", "Ночью особенно")
    await desk.goto(f"/tickets/{number}")
    for note in ("Закрыл *заслонку*\nна крыше", "Ключ под ковриком у Иванова", "Смазал петли"):
        await desk.click("#composer >> text=Внутренняя заметка")
        await desk.fill("#composer textarea", note)
        await desk.keyboard.press("Control+Enter")
        await expect(desk.locator(".entry-note", has_text=note.split("\n")[0])).to_be_visible()
        await expect(desk.locator("#composer textarea")).to_have_value("")
    await desk.click("text=статья из этой заявки")
    await desk.wait_for_url("**/edit")
    body = desk.locator("[name=body]")
    await expect(body).to_have_value(re.compile(r"## Решение\n\n1\. ?$"))
    notes = desk.locator(".faq-notes li")
    await expect(notes).to_have_count(3)
    await notes.nth(0).locator("button").click()
    await notes.nth(2).locator("button").click()
    await expect(notes.nth(0).locator("button")).to_be_disabled()
    await expect(body).to_have_value(
        re.compile(r"\n\n1\. Закрыл \\\*заслонку\\\*\n   на крыше\n\n2\. Смазал петли$")
    )
    await expect(desk.locator("#preview ol li")).to_have_count(2)
    await expect(desk.locator("#preview")).not_to_contain_text("Ключ под ковриком")
    await desk.click("main .button.primary")
    await desk.goto(f"/tickets/{number}")
    await expect(desk.locator(".fitting-made a")).to_have_text("Дымоход гудит")


async def test_an_employee_is_helped_while_typing(employee: Page, write: Write) -> None:
    await write("Барометр показывает бурю", visibility="public")
    await write("Барометр: пароль от сейфа", visibility="internal")
    await employee.locator("[name=title]").press_sequentially("Барометр на стене показывает бурю")
    found = employee.locator(".helpful li")
    await expect(found).to_have_count(1)
    await found.locator("a").click()
    await expect(employee.locator(".faq-body")).to_contain_text("Выключите флюгер")
    await employee.click("text=Это помогло")
    await expect(employee.locator(".sent")).to_contain_text("Рады, что помогло")


async def test_an_employee_who_typed_before_the_page_listened_is_helped_as_well(
    employee: Page, write: Write
) -> None:
    await write("Гигрометр запотел", visibility="public")
    arrived = await slow_scripts(employee)
    await employee.goto("/portal", wait_until="commit")
    await employee.fill("[name=title]", "Гигрометр запотел")
    await expect(employee.locator(".helpful")).to_be_empty()
    arrived.set()
    await expect(employee.locator(".helpful")).to_contain_text("Гигрометр запотел")


async def test_the_preview_shows_what_was_written_before_the_page_listened_and_what_was_kept(
    window: OpenWindow,
) -> None:
    page = await signed_in(await window(), "dispatcher")
    arrived = await slow_scripts(page)
    await page.goto("/faq/new", wait_until="commit")
    await page.fill("[name=body]", "## Анемометр")
    arrived.set()
    await expect(page.locator("#preview h2")).to_have_text("Анемометр")
    await page.fill("[name=title]", "Анемометр")
    page.on("dialog", lambda dialog: dialog.accept())
    await page.reload()
    await expect(page.locator("#preview h2")).to_have_text("Анемометр")


async def _draft_with_a_note(page: Page, number: int) -> None:
    """The editor, with what a colleague noted on the ticket shown and not yet taken over."""
    await page.goto(f"/tickets/{number}")
    await page.click("#composer >> text=Внутренняя заметка")
    await page.fill("#composer textarea", "Ключ под ковриком")
    await page.keyboard.press("Control+Enter")
    await page.locator(".entry-note").wait_for()
    await page.click("text=статья из этой заявки")
    await page.wait_for_url("**/edit")
    await expect(page.locator(".faq-notes li")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_are_accessible(
    window: OpenWindow, submit: Submit, write: Write, size: tuple[int, int], theme: Any
) -> None:
    article = await write("Для всех глаз", visibility="public", category="Разное", tags=["метка"])
    viewport = {"width": size[0], "height": size[1]}
    page = await signed_in(await window(viewport=viewport, color_scheme=theme, bypass_csp=True), "dispatcher")
    found: list[str] = []
    for address in (
        "/faq",
        "/faq?q=глаз",
        f"/faq/{article}",
        f"/faq/{article}/edit",
        f"/faq/{article}/versions",
        "/reports/articles",
    ):
        await page.goto(address)
        found += await violations(page)
    await _draft_with_a_note(page, await submit("Для всех глаз", "Гудит"))
    found += await violations(page)
    await page.fill("[name=title]", "Для всех глаз, иначе")
    await page.click("main .button.primary")
    await page.click("text=версия 2")
    await page.locator(".faq-changed").wait_for()
    found += await violations(page)
    await enrol(page)
    await page.goto(f"/portal/articles/{article}")
    found += await violations(page)
    assert found == []


async def test_it_works_without_scripts(window: OpenWindow, write: Write) -> None:
    await write("Без сценариев тоже видно")
    page = await signed_in(await window(java_script_enabled=False), "specialist")
    await page.goto("/faq")
    await page.fill("[name=q]", "сценариями")
    await page.click("main button[type=submit]")
    await page.click("text=Без сценариев тоже видно")
    await expect(page.locator(".faq-body ol li")).to_have_count(2)
