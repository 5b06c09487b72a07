"""Reports as files that are made while one works on."""

from __future__ import annotations

from playwright.async_api import Page, expect

from chassis.clock import new_id


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
