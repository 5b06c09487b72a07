"""From the employee's screen to the specialist's page and back: the real program and the whole product."""

from __future__ import annotations

import base64
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright, expect
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextBrowser

from bureaucrat.app import Bureaucrat
from bureaucrat.device import DeviceFolder, new_device
from bureaucrat.settings import Settings
from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.desktop.conftest import Until
from tests.desktop.screen import Programs, differing_pixels
from tests.desktop.test_advice import offered
from tests.desktop.test_program import write_and_send
from tests.desktop.test_windows import all_text, click, part, text, top
from tests.end_to_end.callers import eventually, somebody

# What Chromium decoded and shows, pixel by pixel.
_AS_SHOWN = """picture => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


@pytest.fixture
def own(helpdesk: Stack, tmp_path: Path) -> Settings:
    """A newcomer's program, for the whole product."""
    return Settings(helpdesk.url, tmp_path / "own", "ru")


@pytest.fixture
async def desk(helpdesk: Stack) -> AsyncIterator[Page]:
    """A specialist at the list."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = await chromium.new_page(base_url=helpdesk.url, viewport={"width": 1440, "height": 900})
        await page.goto("/login")
        await page.fill("[name=login]", "specialist")
        await page.fill("[name=password]", "demo")
        await page.click("form .button.primary")
        await page.wait_for_url("**/tickets")
        yield page
        await chromium.close()


async def test_from_the_employees_screen_to_the_answer(
    own: Settings,
    start: Callable[[Settings], Bureaucrat],
    until: Until,
    desk: Page,
    pattern: Path,
) -> None:
    program = start(own)
    program.report()
    part("enrolment", QLineEdit, "code").setText("DEMO")
    click("enrolment", "next")
    until(lambda: "Северный ветер" in text("enrolment", "company"))
    newcomer = {
        "full_name": "Ветрова Анна Сергеевна",
        "phone": "+7 900 123-45-67",
        "email": f"{new_id()}@example.ru",
    }
    for name, value in newcomer.items():
        part("enrolment", QLineEdit, name).setText(value)
    click("enrolment", "enrol")
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText("Не печатает принтер у кассы")
    click("submit", "send")
    until(lambda: text("submit", "receipt_headline").startswith("Заявка № "))
    number = text("submit", "receipt_headline").removeprefix("Заявка № ")
    assert "отреагирует" in text("submit", "receipt_words")

    row = desk.locator(f"#ticket-{number}")
    await expect(row).to_contain_text("Не печатает принтер у кассы")
    await expect(row).to_contain_text("Ветрова А. С.")
    await row.locator("a").click()
    picture = desk.locator(".picture img")
    await picture.wait_for()
    await picture.evaluate("picture => picture.decode()")
    assert differing_pixels(base64.b64decode(await picture.evaluate(_AS_SHOWN)), pattern) == 0

    await desk.click(".steps button:text-is('Взять в работу')")
    await expect(desk.locator(".ticket-status")).to_have_text("В работе")
    await desk.fill("#composer textarea", "Пришлите, пожалуйста, номер картриджа.")
    await desk.click("#composer [data-send]")
    await expect(desk.locator(".entry-answer")).to_be_visible()
    until(lambda: any("номер картриджа" in said for said in _toasts()))
    click("submit", "to_tickets")
    until(lambda: "номер картриджа" in all_text("tickets"))
    until(lambda: "В работе" in text("tickets", "ticket_meta"))
    await desk.click(".steps button:text-is('Решена')")
    await expect(desk.locator(".ticket-status")).to_have_text("Решена")
    until(lambda: "Решена" in text("tickets", "ticket_meta"))


def _toasts() -> list[str]:
    """The notifications on the screen: of the status, of the answer."""
    toasts = [one for one in QApplication.topLevelWidgets() if one.objectName() == "toast"]
    labels = [label for one in toasts for label in one.findChildren(QLabel, "toast_text")]
    return [label.text() for label in labels if isinstance(label, QLabel)]


async def test_an_employee_is_told_of_a_colleagues_ticket_joins_it_and_reads_a_public_article(
    helpdesk: Stack, own: Settings, start: Callable[[Settings], Bureaucrat], until: Until, desk: Page
) -> None:
    word = f"Турбошлифмашина{new_id().hex[-6:]}"
    article = {"title": f"{word} гудит", "body": "1. Проверьте **ремень**.", "visibility": "public"}
    async with aiohttp.ClientSession(
        helpdesk.url, cookie_jar=aiohttp.CookieJar(unsafe=True), raise_for_status=True
    ) as http:
        async with http.post("/api/v1/devices", json=somebody()) as answer:
            colleague = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        key = {"Idempotency-Key": str(new_id())}
        problem = {"title": f"{word} гудит и греется"}
        async with http.post("/api/v1/submissions", json=problem, headers=colleague | key) as answer:
            href = (await answer.json())["href"]
        async with http.get(f"{href}?wait=20", headers=colleague) as answer:
            number = (await answer.json())["number"]
        staff = {"login": "dispatcher", "password": "demo"}
        async with http.post("/api/v1/session", json=staff) as answer:
            csrf = {"X-CSRF-Token": (await answer.json())["csrf_token"]}
        async with http.post("/api/v1/articles", json=article | {"status": "published"}, headers=csrf):
            pass
    await _enrol(helpdesk.url, own)
    program = start(own)
    program.report()
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText(f"{word} гудит")
    until(lambda: offered("join") and offered("article"))
    click("submit", "article")
    until(lambda: "Проверьте ремень" in part("submit", QTextBrowser, "article_text").toPlainText())
    click("submit", "article_no_help")
    click("submit", "join")
    until(lambda: text("submit", "receipt_headline") == f"Вы присоединились к № {number}")
    click("submit", "to_tickets")
    until(lambda: f"№ {number}" in text("tickets", "ticket_meta"))
    await desk.goto(f"/tickets/{number}")
    await expect(desk.locator(".entry-reply")).to_contain_text(f"{word} гудит")


async def test_what_was_sent_without_a_server_arrives_once_when_there_is_one(
    helpdesk: Stack, own: Settings, programs: Programs, pattern: Path, desk: Page
) -> None:
    await _enrol(helpdesk.url, own)
    gateway = helpdesk.services["gateway"]
    await gateway.stop()
    title = f"without a network {new_id().hex[-6:]}"
    program = programs.start("--data-dir", own.data_dir, "--submit")
    write_and_send(programs, title)
    await eventually(lambda: _kept(own))
    os.kill(program.pid, signal.SIGKILL)
    program.wait(10)
    await gateway.start()
    await gateway.wait_ready()
    programs.start("--data-dir", own.data_dir, "--background")
    rows = desk.locator("tr[id^=ticket-]", has_text=title)
    await expect(rows).to_have_count(1)
    await desk.goto(f"/tickets?view=all&q={title.rsplit(' ', 1)[1]}")
    await expect(rows).to_have_count(1)


async def _kept(own: Settings) -> Path | None:
    """The parcel, once it lies whole in the spool."""
    return next((own.home / "outbox").glob("[!.]*"), None)


async def _enrol(url: str, own: Settings) -> None:
    """As an enrolment of before left the data folder."""
    async with aiohttp.ClientSession(raise_for_status=True) as http:
        async with http.post(f"{url}/api/v1/devices", json=somebody()) as answer:
            enrolled = await answer.json()
        token = {"Authorization": f"Bearer {enrolled['token']}"}
        async with http.get(f"{url}/api/v1/me", headers=token) as answer:
            DeviceFolder(own.home).enrol(new_device(await answer.json()), enrolled["token"])
    own.save()
