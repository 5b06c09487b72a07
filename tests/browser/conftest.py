"""A real Chromium before the whole product: a specialist's window, an employee's, and tickets to see."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright, expect

from chassis.clock import new_id
from deploy.local.stack import Stack

Submit = Callable[..., Awaitable[int]]
OpenWindow = Callable[..., Awaitable[Page]]
# What one waits for may take its time on a busy machine; what never comes still fails.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        await chromium.close()


@pytest.fixture
async def window(browser: Browser, helpdesk: Stack) -> AsyncIterator[OpenWindow]:
    """Open a window of its own (own cookies); what Chromium complains about fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_window(**options: Any) -> Page:
        settings = {"base_url": helpdesk.url, "viewport": {"width": 1440, "height": 900}, **options}
        context = await browser.new_context(**settings)
        context.set_default_timeout(15_000)
        opened.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said.text) else None)
        page.on("request", lambda asked: _stays_here(asked.url, settings["base_url"], complaints))
        return page

    yield open_window
    for context in opened:
        await context.close()
    assert complaints == []


def _is_complaint(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


def _stays_here(asked: str, ours: str, complaints: list[str]) -> None:
    if not asked.startswith((ours, "data:", "blob:")):
        complaints.append(f"a request left for {asked}")


@pytest.fixture
async def desk(window: OpenWindow) -> Page:
    """A specialist's window, signed in, at the list."""
    return await signed_in(await window(), "specialist")


async def signed_in(page: Page, login: str) -> Page:
    await page.goto("/login")
    await page.fill("[name=login]", login)
    await page.fill("[name=password]", "demo")
    await page.click("form .button.primary")
    await page.wait_for_url("**/tickets")
    return page


@pytest.fixture
async def employee(window: OpenWindow) -> Page:
    """A browser in which somebody of a client enrolled, at the form."""
    page = await window(viewport={"width": 900, "height": 900})
    await enrol(page)
    return page


async def enrol(page: Page, code: str = "DEMO") -> None:
    await page.goto("/portal")
    await page.fill("[name=code]", code)
    await page.click("main .button.primary")
    await page.fill("[name=full_name]", "Кузнецова Анна Михайловна")
    await page.fill("[name=phone]", "+7 900 123-45-67")
    await page.fill("[name=email]", f"{new_id()}@example.ru")
    await page.click("main .button.primary")
    await page.wait_for_url("**/portal")


@pytest.fixture(scope="session")
async def submit(helpdesk: Stack) -> AsyncIterator[Submit]:
    """Submit through the public API as a Bureaucrat would; returns the ticket's number."""
    api = f"{helpdesk.url}/api/v1"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        me = {
            "code": "DEMO",
            "full_name": "Соколова Мария Андреевна",
            "email": "sokolova@example.ru",
            "phone": "+7 900 000-00-01",
            "hostname": "BUH-PC-01",
        }
        async with http.post(f"{api}/devices", json=me) as enrolled:
            token = (await enrolled.json())["token"]

        async def submit(title: str, description: str = "", **more: Any) -> int:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}
            body = {"title": title, "description": description, **more}
            async with http.post(f"{api}/submissions", json=body, headers=headers) as accepted:
                submission = (await accepted.json())["id"]
            async with http.get(f"{api}/submissions/{submission}?wait=30", headers=headers) as known:
                return int((await known.json())["number"])

        yield submit


async def dressed(page: Page, selector: str) -> None:
    """Until htmx knows it: a form sent earlier goes as a page of its own, a choice made earlier nowhere."""
    known = "chosen => Boolean(document.querySelector(chosen)?.['htmx-internal-data'])"
    async with asyncio.timeout(15):
        while not await page.evaluate(known, selector):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)


async def slow_scripts(page: Page) -> asyncio.Event:
    """The page's scripts come when what is returned is set."""
    arrived = asyncio.Event()

    async def hold(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await page.route("**/*.js*", hold)
    return arrived
