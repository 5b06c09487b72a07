"""Reports as files that are made while one works on."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import Page, expect

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.browser.clients import registry_at
from tests.browser.conftest import OpenWindow, Submit, enrol, signed_in
from tests.browser.test_ticket import opened, write
from tests.end_to_end.callers import eventually

_PAPER = {"width": 718, "height": 1000}  # A4 less its margins


@pytest.mark.parametrize("name", ["work", "categories", "effectiveness", "sla", "backlog"])
async def test_a_printed_report_says_what_it_is_and_nothing_of_it_is_cut_off(
    desk: Page, submit: Submit, name: str
) -> None:
    await _something_is_counted(desk, submit)
    await desk.goto(f"/reports/{name}?period=year")
    await expect(desk.locator(".on-paper")).to_be_hidden()
    await desk.evaluate("document.documentElement.dataset.theme = 'dark'")
    await desk.set_viewport_size(_PAPER)  # type: ignore[arg-type]
    await desk.emulate_media(media="print")
    await expect(desk.locator(".on-paper h1")).to_be_visible()
    for hidden in (".bar", ".report-filters", ".report-head"):
        await expect(desk.locator(hidden)).to_be_hidden()
    beyond = "all => all.filter(it => it.getBoundingClientRect().right > innerWidth).map(it => it.outerHTML)"
    assert await desk.locator(".report *").evaluate_all(beyond) == []
    heads = desk.locator(".grid thead")
    assert (
        await heads.evaluate_all("all => all.map(it => getComputedStyle(it).display)")
        == ["table-header-group"] * await heads.count()
    )
    ink = "getComputedStyle(document.body).color.match(/\\d+/g).map(Number)"
    assert max(await desk.evaluate(ink)) < 80


async def test_on_paper_nothing_is_folded(desk: Page) -> None:
    await desk.goto("/reports/categories?period=year")
    folded = """<details class="further-candidates"><summary>Показать ещё (1)</summary>
      <ol class="candidates" start="11"><li>Печать / Картриджи</li></ol></details>"""
    await desk.locator(".report").evaluate(
        "(it, folded) => it.insertAdjacentHTML('beforeend', folded)", folded
    )
    further = desk.locator(".further-candidates")
    await expect(further.locator("li")).to_be_hidden()
    await desk.emulate_media(media="print")
    await expect(further.locator("li")).to_be_visible()
    await expect(further.locator("summary")).to_be_hidden()


async def _something_is_counted(desk: Page, submit: Submit) -> None:
    number = await submit("Непечатает" * 12)
    await opened(desk, number)
    await write(desk, "Почистил", minutes="5")
    await expect(desk.locator(".entry-minutes")).to_be_visible()

    async def counted() -> bool:
        found = await desk.request.get("/api/v1/reports/lines?figure=worked&limit=200")
        return any(line["number"] == number for line in (await found.json())["items"])

    assert await eventually(counted)


async def test_on_a_phone_a_chart_is_whole(desk: Page, submit: Submit) -> None:
    await _something_is_counted(desk, submit)
    await desk.set_viewport_size({"width": 390, "height": 844})
    for name in ("categories", "backlog"):
        await desk.goto(f"/reports/{name}?period=year")
        await expect(desk.locator(".chart-phone")).to_be_visible()
        await expect(desk.locator(".chart-wide")).to_be_hidden()
        box = await desk.locator(".chart-phone").bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390
        assert await desk.evaluate("document.documentElement.scrollWidth") == 390


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
    rows = desk.locator("[data-export]")
    there = await rows.count()
    await rows.first.get_by_role("button", name="Убрать").click()
    await expect(rows).to_have_count(there - 1)


async def test_a_manager_reads_at_once_in_the_own_zone_until_when_a_file_is_kept(
    window: OpenWindow, helpdesk: Stack
) -> None:
    page = await window(timezone_id="Pacific/Auckland")
    async with registry_at(helpdesk.url) as registry:
        company = await registry.company()
        await enrol(page, (await registry.call("POST", f"/companies/{company}/codes", {}))["code"])
        (device,) = (await registry.call("GET", f"/devices?company={company}"))["items"]
        await registry.call("PATCH", f"/people/{device['person']['id']}", {"is_manager": True})
        await registry.call("PATCH", f"/devices/{device['id']}", {"confirmed": True})

    async def allowed() -> bool:
        return (await page.request.get("/portal/reports/exports")).ok

    assert await eventually(allowed)
    await page.goto("/portal/reports/exports")
    form = {"report": "work", "format": "csv", "period": "month", "key": str(new_id())}
    ask = "form => fetch(location.pathname, { method: 'POST', body: new URLSearchParams(form) })"
    await page.evaluate(f"({ask})({json.dumps(form)}).then(answer => answer.status)")
    await page.reload()
    until = page.locator("[data-export] time")
    await expect(until).to_be_visible()
    written = "it => it.textContent.endsWith(new Date(it.dateTime).toTimeString().slice(0, 5))"
    assert await until.evaluate(written)
    await page.evaluate("htmx.ajax('GET', location.pathname, { target: '#exported', swap: 'innerHTML' })")
    assert await until.evaluate(written)


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
