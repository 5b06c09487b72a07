"""Drafts that follow the specialist, and the timer in the bar."""

from __future__ import annotations

from playwright.async_api import Page, Response, expect

from tests.browser.conftest import OpenWindow, Submit, signed_in
from tests.browser.test_ticket import opened, write


async def test_a_draft_is_on_the_next_machine_and_two_windows_do_not_overwrite_each_other(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Пишется на двух машинах")
    await opened(desk, number)
    await desk.locator("#composer textarea").press_sequentially("Начал здесь")
    await expect(desk.locator("#composer[data-kept]")).to_be_visible()

    elsewhere = await opened(await signed_in(await window(), "specialist"), number)
    await expect(elsewhere.locator("#composer textarea")).to_have_value("Начал здесь")
    await elsewhere.fill("#composer textarea", "Начал здесь, дописал там")
    await expect(elsewhere.locator("#composer[data-kept]")).to_be_visible()

    await desk.locator("#composer textarea").press_sequentially("!")
    await expect(desk.locator("[data-draft-other]")).to_be_visible()
    await desk.click("[data-draft-take]")
    await expect(desk.locator("#composer textarea")).to_have_value("Начал здесь, дописал там")
    async with desk.expect_response(_is_emptied):
        await write(desk, "Готово.")
    await desk.reload()
    await expect(desk.locator("#composer textarea")).to_have_value("")


def _is_emptied(answer: Response) -> bool:
    """Of the draft; what is being typed is kept by the same address."""
    asked = answer.request
    return answer.url.endswith("/draft") and answer.ok and not (asked.post_data_json or {}).get("text")


async def test_the_timer_runs_on_every_page_and_its_minutes_come_into_the_composer(
    desk: Page, submit: Submit
) -> None:
    number = await submit("Засечь время")
    await opened(desk, number)
    await desk.click("[data-timer-here]")
    await expect(desk.locator("[data-timer-ticket]")).to_have_text(f"№ {number}")
    await desk.goto("/clients")
    await expect(desk.locator("[data-timer-ticket]")).to_have_text(f"№ {number}")
    await desk.click("[data-timer-rest]")
    await expect(desk.locator(".timer-rests")).to_be_visible()
    await opened(desk, number)
    await desk.click("[data-timer-stop]")
    await expect(desk.locator("#composer [name=minutes]")).to_have_value("1")
    await expect(desk.locator("[data-timer]")).to_be_hidden()


async def test_a_template_is_written_once_and_goes_into_the_answer_by_a_key(
    desk: Page, submit: Submit
) -> None:
    await desk.goto("/templates")
    form = desk.locator("details.template form").first
    await form.locator("[name=name]").fill("Просьба перезагрузить")
    await form.locator("[name=text]").fill("{person.nobody}")
    await form.locator(".primary").click()
    await expect(desk.locator(".problem")).to_be_visible()
    await form.locator("[name=text]").fill("{person.name}, перезагрузите, пожалуйста.")
    await form.locator(".primary").click()
    await expect(desk.locator("details.template").nth(1)).to_contain_text("Просьба перезагрузить")

    await opened(desk, await submit("По шаблону"))
    await desk.locator("#ticket h1").click()
    await desk.keyboard.press("t")
    await desk.click("[data-template]")
    await expect(desk.locator("#composer textarea")).to_have_value(
        "Мария Андреевна, перезагрузите, пожалуйста."
    )


async def named_in_a_note(desk: Page, colleague: Page) -> str:
    """Chosen from what is offered while one types; their name."""
    name = await colleague.locator(".menu-name").first.inner_text()
    await desk.locator("#composer [name=kind][value=note]").check(force=True)
    await desk.locator("#composer textarea").press_sequentially("@" + name[:4].lower())
    await desk.locator("[data-mention]").first.wait_for()
    await desk.keyboard.press("Enter")
    return name


async def told_of(colleague: Page, number: int) -> None:
    await colleague.goto("/unread")
    await expect(colleague.locator(".told-unread")).to_contain_text(f"№ {number}")


async def test_a_colleague_named_in_a_note_finds_it_by_the_mark_in_the_bar(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Спросить коллегу")
    colleague = await signed_in(await window(), "dispatcher")
    await opened(desk, number)
    name = await named_in_a_note(desk, colleague)
    await expect(desk.locator("#composer textarea")).to_have_value(f"@{name} ")
    await desk.locator("#composer textarea").press_sequentially("взгляни")
    await desk.click("#composer [data-send]")
    await expect(desk.locator(".entry-note")).to_contain_text("взгляни")
    await told_of(colleague, number)


async def test_a_colleague_named_before_a_reload_is_told_all_the_same(
    desk: Page, window: OpenWindow, submit: Submit
) -> None:
    number = await submit("Назвать коллегу и перечитать страницу")
    colleague = await signed_in(await window(), "dispatcher")
    await opened(desk, number)
    name = await named_in_a_note(desk, colleague)
    await expect(desk.locator("#composer[data-kept]")).to_be_visible()
    await desk.reload()
    await expect(desk.locator("#composer textarea")).to_have_value(f"@{name} ")
    await desk.click("#composer [data-send]")
    await expect(desk.locator(".entry-note")).to_contain_text(f"@{name}")
    await told_of(colleague, number)
