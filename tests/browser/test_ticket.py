"""One ticket: every action in the log, live for everybody, and nothing typed is lost."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, Route, expect

from tests.browser.conftest import OpenWindow, Submit, dressed, signed_in


async def opened(desk: Page, number: int) -> Page:
    await desk.goto(f"/tickets/{number}?view=all")
    await desk.locator("#ticket").wait_for()
    return desk


async def write(desk: Page, text: str, *, kind: str = "answer", minutes: str = "", then: str = "") -> None:
    await desk.locator(f"#composer [name=kind][value={kind}]").check(force=True)
    await desk.fill("#composer textarea", text)
    await desk.fill("#composer [name=minutes]", minutes)
    await desk.select_option("#composer [name=then]", then)
    await desk.click("#composer [data-send]")
    await expect(desk.locator("#composer textarea")).to_have_value("")


async def test_a_ticket_is_taken_answered_noted_worked_on_and_resolved(desk: Page, submit: Submit) -> None:
    await opened(desk, await submit("Не открывается общая папка", "Пишет «нет доступа»."))
    await desk.click(".steps button:text-is('Взять в работу')")
    await expect(desk.locator(".ticket-status")).to_have_text("В работе")
    await expect(desk.locator("#property-assignee option:checked")).not_to_have_text("—")
    await write(desk, "Смотрю, что с правами.")
    await write(desk, "Опять слетела группа.", kind="note")
    await write(desk, "Вернул в группу.", kind="note", minutes="25")
    await write(desk, "Готово, проверьте.", then="resolved")
    await expect(desk.locator(".ticket-status")).to_have_text("Решена")
    kinds = await desk.locator(".log > li").evaluate_all("all => all.map(one => one.className.split(' ')[1])")
    assert kinds[:4] == ["entry-change", "entry-answer", "entry-note", "entry-work"]
    assert set(kinds[4:]) == {"entry-answer", "entry-change"}
    await expect(desk.locator(".entry-work")).to_contain_text("25 мин")


async def test_an_entry_is_put_right_and_what_it_said_before_stays(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Ошибся в минутах")
    await opened(desk, number)
    await write(desk, "Заменил блок питания.", kind="note", minutes="250")
    colleague = await opened(await signed_in(await window(), "dispatcher"), number)
    entry = desk.locator(".entry-work")
    await entry.hover()
    await entry.get_by_role("link", name="Исправить запись").click()
    await expect(entry.locator("textarea")).to_be_focused()
    await desk.keyboard.press("Escape")
    await expect(entry.locator("form")).to_have_count(0)
    await desk.keyboard.press("Enter")
    await entry.locator("[name=minutes]").fill("25")
    await entry.locator("[name=additional]").check()
    await entry.get_by_role("button", name="Исправить").click()
    for page in (desk, colleague):
        await expect(page.locator(".entry-work .entry-minutes")).to_have_text("25 мин")
        await expect(page.locator(".entry-work .entry-flag")).to_be_visible()
        await expect(page.locator(".properties .additional")).to_contain_text("25 мин")
    await entry.locator(".entry-before summary").click()
    await expect(entry.locator(".entry-before li")).to_contain_text("4 ч 10 мин")
    await entry.hover()
    await entry.get_by_role("link", name="Исправить запись").click()
    await entry.get_by_role("button", name="Исправить").click()
    await expect(entry.locator("form")).to_have_count(0)
    await expect(entry.locator(".entry-before li")).to_have_count(1)


async def test_what_is_typed_while_an_answer_is_sent_stays(desk: Page, submit: Submit) -> None:
    number = await submit("Пишу быстрее, чем отправляется")
    await opened(desk, number)
    arrived = asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        await arrived.wait()
        await route.fulfill(response=answer)

    await desk.route("**/entries", hold)
    await desk.fill("#composer textarea", "Смотрю.")
    await desk.click("#composer [data-send]")
    await expect(desk.locator(".entry-answer")).to_contain_text("Смотрю.")
    await desk.locator("#composer textarea").press_sequentially(" Перезвоню через час")
    arrived.set()
    await expect(desk.locator("#composer textarea")).to_have_value("Перезвоню через час")
    await desk.click("#composer [data-send]")
    await expect(desk.locator(".entry-answer").last).to_contain_text("Перезвоню через час")
    await expect(desk.locator("#composer textarea")).to_have_value("")


async def test_tickets_are_linked_and_a_part_is_split_off(desk: Page, submit: Submit) -> None:
    other = await submit("Трапецоид не открывается у соседей")
    number = await submit("Трапецоид не открывается, и нужен доступ")
    await opened(desk, number)
    await desk.click(".row-menu summary")
    await desk.get_by_role("link", name="Связать с другой…").click()
    await dressed(desk, "main form.card-search")
    await desk.fill("main [name=q]", "трапецоид у соседей")
    await expect(desk.locator("main [name=other]")).to_have_count(1)
    await desk.check(f"main [name=other][value='{other}']")
    await desk.click("main form .button.primary")
    await expect(desk.locator(f"[data-link='{other}']")).to_contain_text("у соседей")
    await desk.click(".row-menu summary")
    await desk.get_by_role("link", name="Выделить часть…").click()
    await desk.fill("main [name=title]", "Доступ в трапецоид")
    await desk.click("main form .button.primary")
    await expect(desk.locator("[data-title]")).to_have_text("Доступ в трапецоид")
    await expect(desk.locator(f"[data-link='{number}']")).to_contain_text("выделена из неё")
    await opened(desk, number)
    await expect(desk.locator(".links li")).to_have_count(2)
    await desk.click(f"[data-link='{other}'] button")
    await expect(desk.locator(".links li")).to_have_count(1)
    await opened(desk, other)
    await expect(desk.locator(".links li")).to_have_count(0)


ATTACH = """async ([name, type]) => {
  const files = new DataTransfer();
  if (type.startsWith("image/")) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
    canvas.getContext("2d").fillRect(0, 0, 40, 30);
    const picture = await new Promise((done) => canvas.toBlob(done, type));
    files.items.add(new File([picture], name, { type }));
  } else files.items.add(new File(["1. 2. 3."], name, { type }));
  const event = new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true });
  document.querySelector("#composer textarea").dispatchEvent(event);
}"""


async def test_files_go_with_an_answer_and_the_employee_gets_them(employee: Page, desk: Page) -> None:
    await employee.fill("[name=title]", "Пришлите инструкцию к сканеру")
    await employee.click("main .button.primary")
    await employee.locator(".sent").wait_for()
    await desk.click("#rows tr:has-text('инструкцию к сканеру')")
    await desk.locator("#composer").wait_for()
    for file in (["Инструкция.txt", "text/plain"], ["кнопка.png", "image/png"], ["лишнее.txt", "text/plain"]):
        await desk.evaluate(ATTACH, file)
    await expect(desk.locator("[data-attached] [name=file]")).to_have_count(3)
    await desk.locator("[data-attached] li", has_text="лишнее.txt").get_by_role("button").click()
    await desk.locator("#composer [name=kind][value=answer]").check(force=True)
    await desk.click("#composer [data-send]")
    answer = desk.locator(".entry-answer")
    await expect(answer.locator(".files")).to_contain_text("Инструкция.txt")
    await expect(desk.locator("[data-attached] li")).to_have_count(0)
    await answer.locator("[data-picture]").click()
    picture = desk.locator("[data-viewer-picture]")
    await expect(picture).to_be_visible()
    await expect(employee.locator(".talk-answer .files")).to_contain_text("Инструкция.txt")
    await expect(employee.locator(".talk-answer img.thumb")).to_be_visible()
    async with employee.expect_download() as download:
        await employee.get_by_role("link", name="Инструкция.txt").click()
    assert (await (await download.value).path()).read_bytes() == b"1. 2. 3."


async def test_a_colleagues_action_arrives_and_leaves_the_typing_alone(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Вдвоём над одной")
    await opened(desk, number)
    await desk.fill("#composer textarea", "Я как раз пи")
    colleague = await opened(await signed_in(await window(), "dispatcher"), number)
    await write(colleague, "Уже решаю.")
    await expect(desk.locator(".entry-answer")).to_contain_text("Уже решаю.")
    await expect(desk.locator("#composer textarea")).to_be_focused()
    await desk.keyboard.type("шу")
    await expect(desk.locator("#composer textarea")).to_have_value("Я как раз пишу")


async def test_two_changes_at_once_show_the_later_one_what_happened(desk: Page, submit: Submit) -> None:
    await opened(desk, await submit("Столкнулись"))
    await desk.fill("#composer textarea", "Не потерять")
    await desk.evaluate("document.querySelectorAll('#ticket [name=version]').forEach(one => one.value = 0)")
    await desk.select_option("#property-priority", "urgent")
    await expect(desk.locator("[data-part=problem]")).to_contain_text("изменил кто-то другой")
    await expect(desk.locator("#property-priority")).to_have_value("normal")
    await expect(desk.locator("#composer textarea")).to_have_value("Не потерять")
    await dressed(desk, "form:has(#property-priority)")
    await desk.select_option("#property-priority", "urgent")
    await expect(desk.locator("[data-part=problem]")).to_be_empty()


async def test_what_was_typed_is_there_after_a_reload(desk: Page, submit: Submit) -> None:
    await opened(desk, await submit("Недописанное"))
    await desk.fill("#composer textarea", "Половина ответа")
    desk.on("dialog", lambda dialog: dialog.accept())
    await desk.reload()
    await expect(desk.locator("#composer textarea")).to_have_value("Половина ответа")


async def test_the_title_is_changed_where_it_stands(desk: Page, submit: Submit) -> None:
    await opened(desk, await submit("Заголовок с апечаткой"))
    await desk.click("[data-retitle-start]")
    await desk.fill("[data-retitle] input[name=title]", "Заголовок без опечатки")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#ticket h1")).to_have_text("Заголовок без опечатки")


async def test_hostile_text_is_shown_as_it_was_typed_and_does_nothing(desk: Page, submit: Submit) -> None:
    hostile = '<img src=x onerror=alert(1)><b hx-get="/logout" hx-trigger="load">{{7*7}}</b>'
    number = await submit(hostile, f"{hostile} javascript:alert(1) https://example.ru/?a=1")
    await opened(desk, number)
    await expect(desk.locator("#ticket h1")).to_have_text(hostile)
    assert await desk.locator("#ticket .user-text :not(a)").count() == 0
    assert await desk.locator("#ticket .user-text a").get_attribute("rel") == "noopener noreferrer"
    await expect(desk.locator(f"#ticket-{number} .c-title")).to_have_text(hostile)


async def test_a_ticket_fills_the_screen_of_a_phone(window: OpenWindow, submit: Submit) -> None:
    number = await submit("На телефоне")
    phone = await signed_in(await window(viewport={"width": 390, "height": 844}), "specialist")
    await phone.click(f"#ticket-{number}")
    await expect(phone.locator("#ticket h1")).to_have_text("На телефоне")
    await expect(phone.locator("#list")).to_be_hidden()
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.click("[data-back]")
    await expect(phone.locator("#list")).to_be_visible()


async def test_what_is_not_there_is_a_calm_page(desk: Page) -> None:
    for address in ("/tickets/999999999", "/tickets/abc", "/nowhere"):
        answer = await desk.goto(address)
        assert answer is not None
        assert answer.status == 404
        await expect(desk.locator("h1")).to_have_text("Такой страницы нет")
