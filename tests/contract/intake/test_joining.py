"""An employee joins a colleague's request: only the same company's, only what is public."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import new_id
from contracts.tickets import Status, TicketAnswered, TicketRegistered
from services.intake.use_cases.follow_ticket import follow_ticket
from tests.contract.intake.conftest import DEVICE, OTHER_COMPANY, STAFF, Reception, device
from tests.contract.intake.ticket_events import AT, answer, said

COLLEAGUE = device(full_name="Петрова Анна")
STRANGER = device(OTHER_COMPANY)
UNCONFIRMED = device(confirmed=False)
LIKE = "/submissions/alike?q=%D0%BF%D0%B5%D1%87%D0%B0%D1%82%D0%B0%D0%B5%D1%82"


async def _registered(reception: Reception) -> UUID:
    submission_id = UUID((await reception.submit(title="Не печатает принтер")).body["id"])
    first = answer("Едем", new_id(), 2)
    for event in (
        said(TicketRegistered, submission_id, 1),
        said(TicketAnswered, submission_id, 2, entry=first),
    ):
        await follow_ticket(reception.submissions, event, new_id(), AT)
    return submission_id


async def test_a_colleagues_open_request_is_offered_and_nobody_elses(reception: Reception) -> None:
    target = await _registered(reception)
    offered = (await reception("GET", LIKE, who=COLLEAGUE)).body["items"]
    assert [(one["id"], one["number"], one["title"]) for one in offered] == [
        (str(target), 17, "Не печатает принтер")
    ]
    assert set(offered[0]) == {"id", "number", "title", "status", "received_at"}
    for who in (DEVICE, STRANGER, UNCONFIRMED):
        assert (await reception("GET", LIKE, who=who)).body == {"items": []}
    assert (await reception("GET", LIKE, who=STAFF)).status == 403


async def test_who_joins_sees_the_public_log_and_what_comes_later(reception: Reception) -> None:
    target, key = await _registered(reception), new_id()
    body, path = {"text": "И у меня"}, f"/submissions/{target}/join"
    joined = await reception("POST", path, body, who=COLLEAGUE, Idempotency_Key=str(key))
    assert (joined.status, joined.body["id"], joined.body["number"]) == (202, str(key), 17)
    assert [item["text"] for item in joined.body["log"]] == ["Едем"]

    later = said(TicketAnswered, target, 3, status=Status.IN_PROGRESS, entry=answer("Починили", new_id(), 3))
    await follow_ticket(reception.submissions, later, new_id(), AT)

    view = (await reception("GET", f"/submissions/{key}", who=COLLEAGUE)).body
    assert (view["status"], [item["text"] for item in view["log"]]) == ("in_progress", ["Едем", "Починили"])
    [word] = await reception.events(str(key))
    assert word["type"] == "helpdesk.submission.replied.v1"
    assert (word["data"]["submission_id"], word["data"]["text"]) == (str(target), "И у меня")
    assert word["data"]["person"]["full_name"] == "Петрова Анна"


async def test_the_same_key_again_joins_once_and_for_another_it_is_refused(reception: Reception) -> None:
    target, other, key = await _registered(reception), await _registered(reception), str(new_id())
    for _ in range(2):
        again = await reception(
            "POST", f"/submissions/{target}/join", {"text": "x"}, who=COLLEAGUE, Idempotency_Key=key
        )
        assert again.status == 202
    wrong = await reception(
        "POST", f"/submissions/{other}/join", {"text": "x"}, who=COLLEAGUE, Idempotency_Key=key
    )
    assert wrong.status == 409
    assert (await reception.stored())[0] == 3


async def test_a_later_word_goes_to_the_ticket_that_was_joined(reception: Reception) -> None:
    target, key = await _registered(reception), new_id()
    await reception(
        "POST", f"/submissions/{target}/join", {"text": "x"}, who=COLLEAGUE, Idempotency_Key=str(key)
    )
    await reception("POST", f"/submissions/{key}/replies", {"text": "Ну как?"}, who=COLLEAGUE)
    assert (await reception.events(str(key)))[-1]["data"]["submission_id"] == str(target)


async def test_another_companys_or_an_unconfirmed_one_finds_nothing_to_join(reception: Reception) -> None:
    target = await _registered(reception)
    for who, wanted in ((STRANGER, target), (UNCONFIRMED, target), (COLLEAGUE, new_id())):
        refused = await reception("POST", f"/submissions/{wanted}/join", {"text": "x"}, who=who)
        assert refused.status == 404
    assert (await reception("POST", f"/submissions/{target}/join", {"text": "x"}, who=STAFF)).status == 403
    assert (await reception("POST", f"/submissions/{target}/join", {}, who=COLLEAGUE)).status == 422


async def test_what_is_over_cannot_be_joined_any_more(reception: Reception) -> None:
    target = await _registered(reception)
    closed = said(TicketRegistered, target, 5, status=Status.CLOSED)
    await follow_ticket(reception.submissions, closed, new_id(), AT)
    assert (
        await reception("POST", f"/submissions/{target}/join", {"text": "x"}, who=COLLEAGUE)
    ).status == 404
