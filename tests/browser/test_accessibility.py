"""Axe finds nothing on any page, light and dark, wide and narrow; nothing is wider than the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import OpenWindow, Submit, enrol, signed_in

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a theme can change.
COLOURS = ["color-contrast", "link-in-text-block"]
# The element that makes the page wider than the window.
WIDEST = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return "";
  const right = (one) => one.getBoundingClientRect().right;
  const widest = [...document.body.querySelectorAll("*")].reduce((a, b) => (right(b) > right(a) ? b : a));
  return widest.outerHTML.slice(0, 200);
}"""
SIZES = [(1440, 900), (720, 450), (390, 844)]


async def violations(page: Page) -> list[str]:
    """In the dark theme only what it changes is looked at: the rest is the same page."""
    is_dark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    rules = COLOURS if is_dark else RULES
    await page.evaluate(AXE)
    found = await page.evaluate(
        "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", rules
    )
    wide = await page.evaluate(WIDEST)
    told = [f"{page.url}: {one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]
    return [*told, *([f"{page.url} is wider than the window: {wide}"] if wide else [])]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "zoomed", "phone"])
async def test_every_page_is_accessible(
    window: OpenWindow, submit: Submit, size: tuple[int, int], theme: Any
) -> None:
    number = await submit("Для всех", "Описание со ссылкой https://example.ru")
    width, height = size
    page = await window(viewport={"width": width, "height": height}, color_scheme=theme, bypass_csp=True)
    found: list[str] = []
    await page.goto("/login")
    found += await violations(page)
    await signed_in(page, "specialist")
    for address in (
        "/tickets",
        f"/tickets/{number}",
        f"/tickets/{number}?view=all",
        "/new?who=с",
        "/account",
        "/account/codes",
        "/nowhere",
    ):
        await page.goto(address)
        found += await violations(page)
    await page.goto("/portal/enrol")
    found += await violations(page)
    await enrol(page)
    found += await violations(page)
    await page.fill("[name=title]", "Доступность портала")
    await page.click("main .button.primary")
    await page.locator(".sent").wait_for()
    found += await violations(page)
    await page.goto("/portal/submissions")
    found += await violations(page)
    assert found == []
