from typing import Any

from contracts.people import PersonRef
from contracts.tickets import TicketAnswered, TicketNoted, TicketRegistered
from tests.contract.gateway.desk import Browser, Desk
from tests.unit.gateway.tickets import entry, happened, state


def bearer(device: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {device['token']}"}


def of(device: dict[str, Any]) -> PersonRef:
    return PersonRef.model_validate(device["person"])


async def test_staff_see_a_ticket_the_moment_it_is_registered(desk: Desk) -> None:
    async with desk.specialist() as browser, browser.events() as live:
        await live.opening()
        event_id = await desk.say(happened(TicketRegistered))

        assert (await live.next())[:2] == (event_id, "ticket")


async def test_a_lost_connection_goes_on_where_it_was(desk: Desk) -> None:
    async with desk.specialist() as browser:
        async with browser.events() as live:
            await live.opening()
            heard = await desk.say(happened())
            await live.next()
        async with desk.specialist() as other, other.events() as witness:
            await witness.opening()
            missed = await desk.say(happened())
            await witness.next()

        async with browser.events(Last_Event_ID=heard) as again:
            assert (await again.next())[0] == missed


async def test_who_was_away_too_long_is_told_to_read_afresh(desk: Desk) -> None:
    async with desk.specialist() as browser, browser.events(Last_Event_ID="long ago") as live:
        event_id, event, _ = await live.next()

        assert event == "reset"
        assert event_id == desk.parts.live.last_id


async def test_a_page_says_where_its_first_connection_goes_on(desk: Desk) -> None:
    before = desk.parts.live.last_id
    async with desk.specialist() as browser:
        async with browser.events() as witness:
            await witness.opening()
            missed = await desk.say(happened())
            await witness.next()

        async with browser.events(f"/api/v1/events?last_event_id={before}") as live:
            assert (await live.next())[0] == missed


async def test_a_device_hears_what_is_public_about_its_own_person_and_nothing_else(desk: Desk) -> None:
    device = await desk.enrol()
    mine = state(person=of(device))
    async with desk.browser() as program, program.events(**bearer(device)) as live:
        await live.opening()
        await desk.say(happened(TicketRegistered))
        await desk.say(happened(TicketNoted, ticket=mine, entry=entry("секрет", public=False)))
        answered = await desk.say(happened(TicketAnswered, ticket=mine, entry=entry("Готово", public=True)))

        event_id, _, data = await live.next()

        assert event_id == answered
        assert data["text"] == "Готово"
        assert data["submission_id"] == str(mine.submission_id)


async def test_a_connection_ends_when_its_session_does(desk: Desk) -> None:
    async with desk.specialist() as browser, browser.events() as live:
        await live.opening()

        await browser.call("DELETE", "/api/v1/session")

        await live.ended()


async def test_a_connection_ends_when_its_device_is_revoked(desk: Desk) -> None:
    device = await desk.enrol()
    async with (
        desk.specialist() as staff,
        desk.browser() as program,
        program.events(**bearer(device)) as live,
    ):
        await live.opening()

        await staff.call("DELETE", f"/api/v1/devices/{device['device_id']}")

        await live.ended()


async def test_connections_end_when_the_gateway_stops(desk: Desk) -> None:
    async with desk.specialist() as browser, browser.events() as live:
        await live.opening()

        desk.app.state.stopping.set()

        await live.ended()
        assert await _refused(browser)


async def test_nobody_listens_without_a_name(desk: Desk) -> None:
    async with desk.browser() as browser:
        assert (await browser.call("GET", "/api/v1/events")).status == 401


async def _refused(browser: Browser) -> bool:
    return (await browser.call("GET", "/api/v1/events")).status == 503
