"""The employee's pages: from acquaintance to a rating."""

from __future__ import annotations

from contextlib import suppress

from playwright.async_api import FilePayload, Page, expect
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conftest import OpenWindow, Submit, enrol
from tests.browser.test_ticket import write

PASTE = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 900 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#367";
  pen.fillRect(0, 0, 1600, 900);
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([picture], "screen.png", { type: "image/png" }));
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


async def test_a_pasted_screenshot_reaches_the_specialist_at_its_full_size(
    employee: Page, desk: Page
) -> None:
    await employee.fill("[name=title]", "Со снимком из буфера")
    await employee.evaluate(PASTE)
    await employee.locator(".drop-list canvas").wait_for()
    await employee.click("main .button.primary")
    await expect(employee.locator(".sent")).to_contain_text("Принято: заявка №")
    await expect(employee.locator(".sent")).to_contain_text("Специалист отреагирует до")
    await desk.click("#rows tr:has-text('Со снимком из буфера')")
    await desk.click("[data-picture]")
    await desk.click("[data-viewer-zoom]")
    picture = desk.locator("[data-viewer-picture]")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("one => [one.naturalWidth, one.clientWidth]") == [1600, 1600]


async def test_an_answer_arrives_live_and_the_employee_rates_and_reopens(employee: Page, desk: Page) -> None:
    await employee.fill("[name=title]", "Весь путь сотрудника")
    await employee.click("main .button.primary")
    await employee.locator(".sent").wait_for()
    await desk.click("#rows tr:has-text('Весь путь сотрудника')")
    await desk.fill("#composer textarea", "Сделано.")
    await desk.select_option("#composer [name=then]", "resolved")
    await desk.click("#composer [data-send]")
    await expect(employee.locator(".talk-answer")).to_contain_text("Сделано.")
    await expect(employee.locator("#submission .submission-status").first).to_have_text("Решена")
    await expect(employee.locator(".reply")).to_have_count(0)
    await employee.click(".rating button[value='5']")
    await expect(employee.locator(".verdict .stars")).to_have_attribute("aria-label", "5 из 5")
    await employee.click(".not-solved summary")
    await employee.fill(".not-solved textarea", "Нет, снова то же")
    plan = FilePayload(name="опять.txt", mimeType="text/plain", buffer=b"error 7")
    await employee.set_input_files(".not-solved #reply-files", plan)
    await expect(employee.locator(".drop-list li")).to_contain_text("опять.txt")
    await employee.click(".not-solved button[type=submit]")
    await expect(desk.locator(".ticket-status")).to_have_text("В работе")
    await expect(desk.locator(".entry-reopening")).to_contain_text("Нет, снова то же")
    await expect(desk.locator(".entry-reopening")).to_contain_text("опять.txt")
    await expect(employee.locator("#submission .submission-status").first).to_have_text("В работе")
    await expect(employee.locator(".verdict")).to_have_count(0)
    await expect(employee.locator(".reply textarea")).to_be_visible()


async def test_what_is_being_written_stays_when_the_ticket_is_solved_meanwhile(
    employee: Page, desk: Page
) -> None:
    await employee.fill("[name=title]", "Пишу, пока решают")
    await employee.click("main .button.primary")
    await employee.locator(".sent").wait_for()
    await employee.fill(".reply textarea", "Ещё и сканер не виден")
    await desk.click("#rows tr:has-text('Пишу, пока решают')")
    await desk.fill("#composer textarea", "Сделано.")
    await desk.select_option("#composer [name=then]", "resolved")
    await desk.click("#composer [data-send]")
    await expect(employee.locator(".rating")).to_be_visible()
    await expect(employee.locator(".reply textarea")).to_have_value("Ещё и сканер не виден")
    await employee.set_input_files(".not-solved #reply-files", "README.md")
    await expect(employee.locator(".not-solved .drop-list")).to_contain_text("README.md")
    await employee.click(".reply button[type=submit]")
    await expect(employee.locator("#submission .submission-status").first).to_have_text("В работе")
    await expect(employee.locator(".talk-reply")).to_contain_text("Ещё и сканер не виден")


async def test_a_wrong_code_is_told_plainly(window: OpenWindow) -> None:
    page = await window()
    await page.goto("/portal")
    await page.fill("[name=code]", "NO-SUCH-CODE")
    await page.click("main .button.primary")
    await expect(page.locator(".problem")).to_contain_text("Такого кода нет")


async def test_the_portal_works_without_scripts(window: OpenWindow) -> None:
    page = await window(java_script_enabled=False)
    await enrol(page)
    await page.fill("[name=title]", "Без скриптов из портала")
    await page.click("main .button.primary")
    await expect(page.locator(".sent")).to_contain_text("Принято")
    await page.fill("[name=text]", "Забыл сказать про второй этаж")
    plan = FilePayload(name="план.txt", mimeType="text/plain", buffer=b"2")
    await page.set_input_files("#reply-files", plan)
    await page.click(".reply button")
    await expect(page.locator(".talk-reply")).to_contain_text("второй этаж")
    await expect(page.locator(".talk-reply")).to_contain_text("план.txt")
    await page.goto("/portal/submissions")
    await expect(page.locator(".submission-title").first).to_have_text("Без скриптов из портала")


async def test_the_language_is_the_readers_choice(employee: Page) -> None:
    await employee.click(".menu > summary")
    await employee.click("[name=lang][value=en]")
    await expect(employee.locator("h1")).to_have_text("What has happened?")
    assert await employee.locator("html").get_attribute("lang") == "en"


async def test_an_employee_answers_with_a_picture_and_a_file(employee: Page, desk: Page) -> None:
    await employee.fill("[name=title]", "Ответ с файлами")
    await employee.click("main .button.primary")
    await employee.locator(".sent").wait_for()
    log = FilePayload(name="журнал.txt", mimeType="text/plain", buffer=b"error 7" * 300_000)
    await employee.set_input_files("#reply-files", log)
    await employee.evaluate(PASTE)
    await expect(employee.locator(".drop-list li")).to_have_count(2)
    await employee.click(".reply .button")
    await expect(employee.locator(".talk-reply .files a[download]")).to_contain_text("журнал.txt")
    await expect(employee.locator(".talk-reply .thumb")).to_be_visible()
    await desk.click("#rows tr:has-text('Ответ с файлами')")
    entry = desk.locator(".entry-reply")
    await expect(entry).to_contain_text("журнал.txt")
    await expect(entry.locator("img")).to_be_visible()


async def test_what_a_colleague_has_reported_is_offered_and_joined_by_one_click(
    employee: Page, desk: Page, submit: Submit
) -> None:
    number = await submit("Пропала папка договоров на сервере")
    await employee.locator("[name=title]").press_sequentially("не вижу папку договоров")
    await expect(employee.locator(".colleagues")).to_contain_text(f"№ {number}")
    await employee.click(".colleagues button")
    await expect(employee.locator(".sent")).to_contain_text(f"{number}")
    await desk.goto(f"/tickets/{number}")
    await expect(desk.locator(".entry-reply")).to_contain_text("не вижу папку договоров")

    await employee.clock.install()
    await employee.reload()
    await write(desk, "Папка вернулась из копии.")
    answer = employee.get_by_text("Папка вернулась из копии.")
    for _ in range(10):
        await employee.clock.fast_forward(31_000)
        with suppress(PlaywrightTimeoutError):
            await answer.wait_for(timeout=2_000)
            break
    await expect(answer).to_be_visible()
