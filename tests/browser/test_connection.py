"""A live connection that is lost is shown, heals by itself, and nothing is missed meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect

from deploy.local.stack import Stack
from tests.browser.conftest import OpenWindow, Submit, enrol, signed_in
from tests.end_to_end.callers import eventually
from tests.faults.proxy import Proxy

_LONGER_THAN_ANY_HEARTBEAT = 45_000


@pytest.fixture
async def network(helpdesk: Stack) -> AsyncIterator[Proxy]:
    """What lies between the browser and the gateway."""
    proxy = Proxy(("127.0.0.1", helpdesk.ports.gateway))
    async with proxy.listening():
        yield proxy


@pytest.fixture
async def far_desk(network: Proxy, window: OpenWindow) -> Page:
    """A specialist's window whose time can be turned forward."""
    page = await window(base_url=f"http://127.0.0.1:{network.port}")
    await page.clock.install()
    return await signed_in(page, "specialist")


@asynccontextmanager
async def offline(network: Proxy, page: Page) -> AsyncIterator[None]:
    network.silence()
    await network.cut()
    await expect(page.locator("[data-live]")).to_be_visible()
    await expect(page.locator("[data-live]")).to_contain_text("Нет связи с сервером")
    yield
    network.heal()
    await network.cut()
    await expect(page.locator("[data-live]")).to_be_hidden()
    await expect(page.locator("[data-notices]")).to_contain_text("Связь восстановлена")


async def test_what_happened_while_the_connection_was_lost_is_there_when_it_heals(
    far_desk: Page, network: Proxy, desk: Page, submit: Submit
) -> None:
    open_one = await submit("Открыта, когда связь пропала")
    await far_desk.goto(f"/tickets/{open_one}?view=all")
    await far_desk.fill("#composer textarea", "Пишу без связи")
    await far_desk.evaluate("window.sameAsBefore = true")
    await desk.goto(f"/tickets/{open_one}?view=all")
    async with offline(network, far_desk):
        missed = await submit("Пришла без связи")
        await desk.click(".steps button:text-is('Взять в работу')")
        await expect(desk.locator(".ticket-status")).to_have_text("В работе")
        await expect(far_desk.locator(f"#ticket-{missed}")).to_have_count(0)
    await expect(far_desk.locator(f"#ticket-{missed}")).to_contain_text("Пришла без связи")
    await expect(far_desk.locator(".ticket-status")).to_have_text("В работе")
    await expect(far_desk.locator("#composer textarea")).to_have_value("Пишу без связи")
    assert await far_desk.evaluate("window.sameAsBefore")


async def test_a_connection_that_forgot_us_without_a_word_is_noticed(
    far_desk: Page, network: Proxy, submit: Submit
) -> None:
    heard = await submit("Связь ещё есть")
    await far_desk.locator(f"#ticket-{heard}").wait_for()
    network.silence()
    missed = await submit("Пришла в тишине")
    await far_desk.clock.fast_forward(_LONGER_THAN_ANY_HEARTBEAT)
    await expect(far_desk.locator("[data-live]")).to_be_visible()
    network.heal()
    await eventually(lambda: _found_again(far_desk))
    await expect(far_desk.locator(f"#ticket-{missed}")).to_contain_text("Пришла в тишине")


async def _found_again(page: Page) -> bool:
    """The attempts made while all was silent stay silent; each is given up in its turn."""
    try:
        await expect(page.locator("[data-live]")).to_be_hidden(timeout=3_000)
    except AssertionError:
        await page.clock.fast_forward(_LONGER_THAN_ANY_HEARTBEAT)
        return False
    return True


async def test_an_employees_page_notices_silence_and_goes_on_where_it_was(
    network: Proxy, window: OpenWindow, desk: Page
) -> None:
    page = await window(base_url=f"http://127.0.0.1:{network.port}")
    await page.clock.install()
    await enrol(page)
    await page.fill("[name=title]", "Сотрудник ждёт в тишине")
    await page.click("main .button.primary")
    await page.locator(".sent").wait_for()
    await desk.click("#rows tr:has-text('Сотрудник ждёт в тишине')")
    await desk.click(".steps button:text-is('Взять в работу')")
    await expect(page.locator("#submission .submission-status").first).to_have_text("В работе")
    network.silence()
    await desk.fill("#composer textarea", "Сказано в тишине.")
    await desk.click("#composer [data-send]")
    await desk.locator(".entry-answer").wait_for()
    await page.clock.fast_forward(_LONGER_THAN_ANY_HEARTBEAT)
    await expect(page.locator("[data-live]")).to_be_visible()
    network.heal()
    await eventually(lambda: _found_again(page))
    await expect(page.locator(".talk-answer")).to_contain_text("Сказано в тишине.")


async def test_the_employees_list_follows_by_itself(employee: Page, desk: Page) -> None:
    await employee.fill("[name=title]", "Список сотрудника живой")
    await employee.click("main .button.primary")
    await employee.locator(".sent").wait_for()
    await employee.goto("/portal/submissions")
    await expect(employee.locator(".submission-status").first).to_have_attribute("data-status", "new")
    await desk.click("#rows tr:has-text('Список сотрудника живой')")
    await desk.click(".steps button:text-is('Взять в работу')")
    await expect(employee.locator(".submission-status").first).to_have_text("В работе")
