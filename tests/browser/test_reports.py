"""Reports as files that are made while one works on."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from chassis.clock import new_id
from tests.browser.conftest import OpenWindow, signed_in


async def test_a_file_that_was_asked_for_is_offered_as_soon_as_it_is_ready(desk: Page) -> None:
    await desk.goto("/reports/work")
    await desk.get_by_role("link", name="Готовые файлы").click()
    await expect(desk.locator("h1")).to_have_text("Готовые файлы")
    csrf = await desk.locator("[name=csrf_token]").first.get_attribute("value")
    form = {"report": "work", "format": "xlsx", "period": "month", "key": str(new_id())}
    asked = await desk.request.post("/reports/exports", form={**form, "csrf_token": csrf or ""})
    assert asked.ok, await asked.text()
    await desk.reload()
    offered = desk.get_by_role("link", name="Скачать").first
    await expect(offered).to_be_visible()
    async with desk.expect_download() as download:
        await offered.click()
    file = await download.value
    assert file.suggested_filename.endswith(".xlsx")
    assert (await file.path()).read_bytes().startswith(b"PK")


async def test_on_a_phone_the_filters_are_one_line_that_says_what_was_chosen(window: OpenWindow) -> None:
    page = await signed_in(await window(viewport={"width": 390, "height": 844}), "dispatcher")
    await page.goto("/reports/sla?period=own&from=2026-02-01&to=2026-02-28")
    staff, line = page.locator(".report-filters [name=staff]"), page.locator(".report-narrower summary")
    await expect(line).to_contain_text("01.02.2026 – 28.02.2026")
    await expect(staff).to_be_hidden()
    await line.click()
    await staff.select_option(index=1)
    await expect(page).to_have_url(re.compile("from=2026-02-01&to=2026-02-28&company=&staff=[0-9a-f-]{36}"))
    await expect(staff).to_be_hidden()
    chosen = await staff.locator("option:checked").text_content()
    await expect(line).to_contain_text(chosen or "nobody")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await expect(line).to_be_hidden()
    await expect(staff).to_be_visible()
    await page.locator(".report-filters [name=company]").focus()
    await page.keyboard.press("Tab")
    await expect(staff).to_be_focused()
