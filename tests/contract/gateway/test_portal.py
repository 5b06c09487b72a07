"""The employee's pages show at least what was heard of a ticket: no event would come that makes them new."""

from typing import Any

from chassis.clock import new_id
from contracts.people import PersonRef
from contracts.tickets import Status, TicketResolved
from tests.contract.gateway.desk import Browser, Desk
from tests.unit.gateway.tickets import happened, state


async def test_a_page_opened_after_an_event_waits_for_what_it_said(desk: Desk) -> None:
    device = await desk.enrol()
    async with desk.browser() as portal:
        submission = await submitted(portal, device)
        await heard_of(desk, device, submission)

        shown = await portal.call("GET", f"/portal/submissions/{submission}", Cookie=cookie(device))

    assert (shown.status, 'data-status="resolved"' in shown.body) == (200, True)


async def test_so_does_the_list(desk: Desk) -> None:
    device = await desk.enrol()
    async with desk.browser() as portal:
        submission, other = await submitted(portal, device), await submitted(portal, device)
        await heard_of(desk, device, submission)

        shown = await portal.call("GET", "/portal/submissions", Cookie=cookie(device))

    resolved, new = shown.body.index('data-status="resolved"'), shown.body.index('data-status="new"')
    assert shown.body.index(submission) < resolved < shown.body.index(other) < new


async def test_who_says_that_it_is_not_solved_reads_what_became_of_it(desk: Desk) -> None:
    device = await desk.enrol()
    async with desk.browser() as portal:
        submission = await submitted(portal, device)
        said = f"/portal/submissions/{submission}/reopen/{new_id()}"

        shown = await portal.call(
            "POST", said, data={"text": "Снова"}, Cookie=cookie(device), Origin=desk.url
        )

    assert shown.status == 200
    assert desk.services.asked[-1][:2] == ("GET", f"/submissions/{submission}?wait=3&version=4")


async def submitted(portal: Browser, device: dict[str, Any]) -> str:
    key = str(new_id())
    bearer = f"Bearer {device['token']}"
    body = {"title": "Не печатает"}
    sent = await portal.call("POST", "/api/v1/submissions", body, Authorization=bearer, Idempotency_Key=key)
    assert sent.status == 202, sent.body
    return key


async def heard_of(desk: Desk, device: dict[str, Any], submission: str) -> None:
    """The gateway knows that the ticket was resolved; intake, which follows by itself, may not yet."""
    person = PersonRef.model_validate(device["person"])
    ticket = state(submission_id=submission, person=person, version=4, status=Status.RESOLVED)
    async with desk.specialist() as browser, browser.events() as witness:
        await witness.opening()
        await desk.say(happened(TicketResolved, ticket=ticket))
        await witness.next()


def cookie(device: dict[str, Any]) -> str:
    return f"helpdesk_device={device['token']}"
