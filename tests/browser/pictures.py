"""`python -m tests.browser.pictures`: the pictures of the README, taken from the running product."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from deploy.demo import make_demo
from deploy.local.history import make_history
from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack

_ROOT = Path(__file__).parents[2]
_PICTURES = _ROOT / "docs" / "pictures"
_FIRST_PORT = 23_000
_WIDE = {"width": 1440, "height": 900}
_NARROW = {"width": 390, "height": 844}
# A ticket of the demo that has everything: screenshot, note, answer, work in hand.
_TELLING_TICKET = "Не обнаружен ключ защиты"


async def take_pictures() -> None:
    """Bring the product up with its demo data, and photograph it."""
    _PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, claimed_ports(_FIRST_PORT) as ports:
        stack = Stack(Path(folder), ports, external=False, settings={"DEMO_SIZE": "large"})
        try:
            await stack.start()
            await make_demo(stack.url)
            await make_history(stack, print)
            await _pages(stack.url)
            await asyncio.to_thread(_desktop, stack.url, Path(folder))
        finally:
            await stack.stop()


async def _pages(url: str) -> None:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for scheme in ("light", "dark"):
            page = await _signed_in(chromium, url, scheme)
            await _photograph(page, f"list-{scheme}")
            row = page.locator("table.rows tbody tr", has_text=_TELLING_TICKET).first
            await page.goto(f"{url}{await row.locator('a').first.get_attribute('href')}")
            await page.evaluate("Promise.allSettled([...document.images].map(image => image.decode()))")
            await page.wait_for_selector(".fitting-list")
            await _photograph(page, f"ticket-{scheme}")
            await page.click(".card-name a")
            await page.wait_for_selector(".tabs")
            await _photograph(page, f"card-{scheme}")
            await _reports(page, url, scheme)
        await _portal(chromium, url)
        await chromium.close()


async def _signed_in(chromium: Browser, url: str, scheme: str) -> Page:
    page = await chromium.new_page(
        viewport=_WIDE,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="ru-RU",
        timezone_id="Europe/Moscow",
    )
    await page.goto(f"{url}/login")
    await page.fill("[name=login]", "specialist")
    await page.fill("[name=password]", "demo")
    await page.click("form .button.primary")
    await page.wait_for_url("**/tickets")
    await page.wait_for_selector("table.rows tbody tr")
    return page


async def _reports(page: Page, url: str, scheme: str) -> None:
    """Of the demo's year: by day there is the work, by night how soon one reacts."""
    name = {"light": "work", "dark": "effectiveness"}[scheme]
    await page.goto(f"{url}/reports/{name}?period=year")
    await page.wait_for_selector(".chart svg")
    await _photograph(page, f"report-{scheme}")


async def _portal(chromium: Browser, url: str) -> None:
    page = await chromium.new_page(viewport=_NARROW, locale="ru-RU")  # type: ignore[arg-type]
    await page.goto(f"{url}/portal")
    await page.fill("[name=code]", "DEMO")
    await page.click("main .button.primary")
    for name, value in {
        "full_name": "Новикова Анна Сергеевна",
        "phone": "+7 900 123-45-67",
        "email": "novikova@example.ru",
    }.items():
        await page.fill(f"[name={name}]", value)
    await page.click("main .button.primary")
    await page.wait_for_url("**/portal")
    await page.fill("[name=title]", "Не работает интернет")
    await page.wait_for_selector("[data-helpful] li")
    await _photograph(page, "portal")


async def _photograph(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    _keep(await page.screenshot(), name)


def _keep(content: bytes, name: str) -> None:
    """256 colours are enough for pages, and a quarter of the size."""
    picture = Image.open(io.BytesIO(content)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(_PICTURES / f"{name}.png", optimize=True)


def _desktop(url: str, folder: Path) -> None:
    """Бюрократ in a process of its own: Qt wants the main thread."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as line:
            display = f":{line.readline().strip()}"
        environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        target = folder / "bureaucrat.png"
        command = [sys.executable, "-m", "tests.desktop.picture", url, str(folder / "desk"), str(target)]
        subprocess.run(command, env=environment, cwd=_ROOT, check=True, timeout=60)
        _keep(target.read_bytes(), "bureaucrat")
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    asyncio.run(take_pictures())
