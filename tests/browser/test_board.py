"""The board of the day: what nobody has is given from there, and the slower of two dispatchers is told."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in

# When it came and when it went, by the page's own clock.
_WATCH_THE_REFUSAL = """() => {
  window.refused = {};
  new MutationObserver(() => {
    const isThere = Boolean(document.querySelector("#board [role=alert]"));
    if (isThere) refused.came ??= performance.now();
    else if (refused.came) refused.gone ??= performance.now();
  }).observe(document.getElementById("board"), { childList: true, subtree: true });
}"""


async def test_a_ticket_is_given_from_the_board_and_who_comes_too_late_is_told(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    for title in ("Табло погасло", "Табло мигает"):
        await submit(title)
    dispatcher = await signed_in(await window(), "dispatcher")
    await dispatcher.goto("/board")
    rows = dispatcher.locator(".board-unassigned li")
    numbers = [await rows.nth(place).get_attribute("data-number") for place in range(2)]

    first = dispatcher.locator(f".board-unassigned [data-number='{numbers[0]}']")
    await first.locator("select").focus()
    await desk.goto(f"/tickets/{numbers[0]}")
    await desk.get_by_role("button", name="назначить мне").click()
    await expect(desk.locator("#property-assignee option:checked")).to_have_text("Ковалёв Д. А.")
    await dispatcher.evaluate(_WATCH_THE_REFUSAL)
    await first.locator("select").select_option(label="по правилам")
    await expect(dispatcher.get_by_role("alert")).to_contain_text(f"№ {numbers[0]}")
    await expect(first).to_have_count(0)
    # The board has something new to show at once; the refusal is there long enough to be read.
    await submit("Табло зелёное")
    await expect(dispatcher.get_by_role("alert")).to_have_count(0)
    assert await dispatcher.evaluate("refused.gone - refused.came") > 4_000

    second = dispatcher.locator(f".board-unassigned [data-number='{numbers[1]}']")
    specialist = second.locator("option", has_text="Ковалёв Д. А.")
    await second.locator("select").select_option(value=await specialist.get_attribute("value"))
    await expect(second).to_have_count(0)
    await expect(dispatcher.get_by_role("alert")).to_have_count(0)
    await expect(dispatcher.locator(".loads tr", has_text="Ковалёв Д. А.")).to_be_visible()
    await desk.goto("/unread")
    await expect(desk.locator(f"main a[href^='/tickets/{numbers[1]}']")).to_be_visible()


async def test_the_columns_of_the_board_lead_to_their_tickets(desk: Page, submit: Submit) -> None:
    number = await submit("Табло ждёт клиента")
    await desk.goto(f"/tickets/{number}")
    await desk.get_by_role("button", name="Ждём клиента").click()
    await expect(desk.locator(".ticket-status")).to_have_text("Ждём клиента")
    await desk.goto("/board")
    await desk.locator("#board-waiting a").click()
    await desk.wait_for_url("**status=waiting**")
    await expect(desk.locator(f"#ticket-{number}")).to_be_visible()
    statuses = await desk.locator("#rows tr").evaluate_all("rows => rows.map((row) => row.dataset.status)")
    assert set(statuses) == {"waiting"}
    await desk.select_option(".filters [name=status]", "closed")
    await expect(desk.locator(".views [aria-current]")).to_contain_text("Все")
