"""Asking for submissions and their files: whose they are, waiting, pages, and coming back to them."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID, uuid4

import pytest
from PIL import Image

from chassis.clock import new_id
from chassis.principal import Principal
from services.intake.domain import submission as submission_rules
from tests.contract.intake.conftest import DEVICE, OTHER_COMPANY, STAFF, Reception, device, screenshot
from tests.contract.intake.ticket_events import progress

MANAGER = device(is_manager=True)
SAME_PERSON = device(person_id=DEVICE.person_id)
UNCONFIRMED = device(person_id=DEVICE.person_id, confirmed=False)
UNCONFIRMED_MANAGER = device(is_manager=True, confirmed=False)
SEES = {"itself": DEVICE, "the same person's": SAME_PERSON, "its manager's": MANAGER, "staff": STAFF}
SEES_NOT = {
    "a colleague's": device(),
    "another company's": device(OTHER_COMPANY),
    "another company's manager's": device(OTHER_COMPANY, is_manager=True),
    "an unconfirmed one of the person": UNCONFIRMED,
    "an unconfirmed manager's": UNCONFIRMED_MANAGER,
    "staff of another company": STAFF.model_copy(update={"companies": (OTHER_COMPANY,)}),
}


async def _submitted(reception: Reception, who: Principal = DEVICE, **options: Any) -> dict[str, Any]:
    answer = await reception.submit(("screenshot", screenshot(), "эк:ран.png"), who=who, **options)
    assert answer.status == 202
    body: dict[str, Any] = answer.body
    return body


def _paths(submission: dict[str, Any]) -> list[str]:
    file = submission["files"][0]["id"]
    return [f"/submissions/{submission['id']}", f"/files/{file}", f"/files/{file}/display"]


@pytest.mark.parametrize("who", SEES.values(), ids=SEES.keys())
async def test_who_sees_a_submission_and_its_files(reception: Reception, who: Principal) -> None:
    submission = await _submitted(reception)
    assert [(await reception("GET", path, who=who)).status for path in _paths(submission)] == [200] * 3
    listed = await reception("GET", "/submissions", who=who)
    assert [item["id"] for item in listed.body["items"]] == [submission["id"]]


@pytest.mark.parametrize("who", SEES_NOT.values(), ids=SEES_NOT.keys())
async def test_to_others_it_is_as_if_it_were_not_there(reception: Reception, who: Principal) -> None:
    submission = await _submitted(reception)
    for path in _paths(submission):
        hidden = await reception("GET", path, who=who)
        absent = await reception("GET", path.replace(path.split("/")[2], str(uuid4())), who=who)
        assert (hidden.status, hidden.content) == (404, absent.content)
    for path in ("replies", "reopen", "rating"):
        body = {"score": 5} if path == "rating" else {"text": "x"}
        answer = await reception("POST", f"/submissions/{submission['id']}/{path}", body, who=who)
        assert answer.status in (403, 404)
    assert (await reception("GET", "/submissions", who=who)).body["items"] == []
    assert len(await reception.events(submission["id"])) == 1


async def test_an_unconfirmed_device_sees_what_it_sent_itself(reception: Reception) -> None:
    own = await _submitted(reception, UNCONFIRMED)
    await _submitted(reception)
    listed = await reception("GET", "/submissions", who=UNCONFIRMED)
    assert [item["id"] for item in listed.body["items"]] == [own["id"]]


async def test_a_file_is_saved_as_it_was_sent_and_shown_as_pixels(reception: Reception) -> None:
    original = screenshot() + b"<script>alert(1)</script>"
    submission = (await reception.submit(("screenshot", original, "эк:ран.png"))).body
    _, file, display = _paths(submission)
    saved = await reception("GET", file)
    assert saved.content == original
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    disposition = saved.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert unquote(disposition.partition("''")[2]) == submission["files"][0]["name"] == "эк_ран.png"
    for _ in range(2):
        shown = await reception("GET", display)
        assert (shown.headers["Content-Type"], shown.headers["Content-Disposition"]) == (
            "image/png",
            "inline",
        )
        assert Image.open(io.BytesIO(shown.content)).tobytes() == Image.open(io.BytesIO(original)).tobytes()
        assert b"<script>" not in shown.content


async def test_an_attachment_is_never_shown_in_place(reception: Reception) -> None:
    submission = (await reception.submit(("attachment", b"<script>alert(1)</script>", "a.html"))).body
    _, file, display = _paths(submission)
    assert submission["files"][0]["display_href"] is None
    assert (await reception("GET", file)).headers["Content-Type"] == "application/octet-stream"
    assert (await reception("GET", display)).status == 404


async def test_a_range_of_ten_thousand_pieces_is_no_more_than_the_file(reception: Reception) -> None:
    submission = await _submitted(reception)
    pieces = "bytes=" + ",".join(f"{n}-{n}" for n in range(3000))
    answer = await reception("GET", _paths(submission)[1], Range=pieces)
    assert len(answer.content) <= submission["files"][0]["size"]


async def test_who_waits_gets_the_number_as_soon_as_it_is_there(reception: Reception) -> None:
    submission = await _submitted(reception)
    waiting = asyncio.create_task(reception("GET", f"/submissions/{submission['id']}?wait=30"))
    await asyncio.sleep(0)
    await reception.submissions.follow(UUID(submission["id"]), 1, progress(1, number=17), None)
    async with asyncio.timeout(20):
        answer = await waiting
    assert (answer.body["number"], answer.body["status"]) == (17, "new")


@pytest.mark.parametrize("wait", ["-1", "31", "x", "nan", "inf", "1e400"])
async def test_a_wait_that_makes_no_sense_is_422(reception: Reception, wait: str) -> None:
    submission = await _submitted(reception)
    assert (await reception("GET", f"/submissions/{submission['id']}?wait={wait}")).status == 422


async def test_pages_together_show_each_submission_once_and_the_newest_first(reception: Reception) -> None:
    ids = [(await reception.submit()).body["id"] for _ in range(7)]
    seen: list[str] = []
    following: str | None = ""
    while following is not None:
        answer = await reception("GET", f"/submissions?limit=3&cursor={quote(following)}")
        seen += [item["id"] for item in answer.body["items"]]
        following = answer.body["next"]
    assert seen == ids[::-1]


_SOMEBODY = UUID("01a20877-b00d-7608-9081-f8f59b55305d")


def _forged(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        _forged("1 2"),
        _forged(f"nan {_SOMEBODY}"),
        _forged(f"inf {_SOMEBODY}"),
        _forged(f"1e300 {_SOMEBODY}"),
        _forged(f"-1e300 {_SOMEBODY}"),
        _forged(f"99999999999999 {_SOMEBODY}"),
        _forged("{}"),
        _forged('{"at": "0001-01-01T00:00:00Z", "id": {"$gt": ""}}'),
        "x" * 2000,
    ],
)
async def test_a_forged_cursor_is_refused(reception: Reception, cursor: str) -> None:
    answer = await reception("GET", f"/submissions?cursor={quote(cursor)}")
    assert (answer.status, answer.fields) == (422, ["cursor"])


@pytest.mark.parametrize(
    ("path", "body"), [("replies", {"text": "ещё"}), ("reopen", {}), ("rating", {"score": 4})]
)
async def test_a_word_sent_twice_with_one_key_is_one_word(reception: Reception, path: str, body: Any) -> None:
    submission, key = await _submitted(reception), str(new_id())
    url = f"/submissions/{submission['id']}/{path}"
    answers = await asyncio.gather(*(reception("POST", url, body, Idempotency_Key=key) for _ in range(4)))
    assert {answer.status for answer in answers} == {202}
    assert len(await reception.events(submission["id"])) == 2
    assert len((await reception("GET", f"/submissions/{submission['id']}")).body["log"]) == 1
    other = {"score": 1} if path == "rating" else {"text": "другое"}
    assert (await reception("POST", url, other, Idempotency_Key=key)).status == 409


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("replies", {}),
        ("replies", {"text": ""}),
        ("replies", {"text": "\u200b"}),
        ("replies", {"text": {"$ne": ""}}),
        ("replies", {"text": "x", "author": "y"}),
        ("replies", {"text": "x" * 20_001}),
        ("reopen", {"text": None}),
        ("rating", {}),
        ("rating", {"score": 0}),
        ("rating", {"score": 6}),
        ("rating", {"score": "4"}),
        ("rating", {"score": True}),
        ("rating", {"score": 2**70}),
        ("rating", {"score": 4, "comment": "x" * 2001}),
    ],
)
async def test_a_word_that_says_nothing_or_too_much_is_422(
    reception: Reception, path: str, body: Any
) -> None:
    submission = await _submitted(reception)
    assert (await reception("POST", f"/submissions/{submission['id']}/{path}", body)).status == 422
    assert len(await reception.events(submission["id"])) == 1


async def test_staff_do_not_answer_as_the_requester(reception: Reception) -> None:
    submission = await _submitted(reception)
    answer = await reception("POST", f"/submissions/{submission['id']}/replies", {"text": "x"}, who=STAFF)
    assert answer.status == 403


@pytest.mark.parametrize(
    ("path", "body"), [("replies", {"text": "ещё"}), ("reopen", {}), ("rating", {"score": 1})]
)
async def test_a_manager_sees_what_others_submitted_and_does_not_speak_for_them(
    reception: Reception, path: str, body: Any
) -> None:
    url = f"/submissions/{(await _submitted(reception))['id']}/{path}"
    assert (await reception("POST", url, body, who=MANAGER)).status == 403
    assert (await reception("POST", url, body, who=SAME_PERSON)).status == 202
    own = f"/submissions/{(await _submitted(reception, MANAGER))['id']}/{path}"
    assert (await reception("POST", own, body, who=MANAGER)).status == 202


async def test_a_device_of_nobody_sees_nothing(reception: Reception) -> None:
    await _submitted(reception)
    assert (await reception("GET", "/submissions", who=device(person_id=None))).status == 403


async def test_there_is_an_end_to_what_is_said_about_one_submission(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a requester could fill the document until nobody can work on it any more."""
    monkeypatch.setattr(submission_rules, "MOST_CHARACTERS", 25)
    url, key = f"/submissions/{(await _submitted(reception))['id']}/replies", str(new_id())
    said = {"text": "двадцать знаков ровно"}
    assert (await reception("POST", url, said, Idempotency_Key=key)).status == 202
    assert (await reception("POST", url, said)).status == 422
    assert (await reception("POST", url, said, Idempotency_Key=key)).status == 202
    monkeypatch.setattr(submission_rules, "MOST_WORDS", 2)
    statuses = [(await reception("POST", url, {"text": "."})).status for _ in range(2)]
    assert statuses == [202, 422]
