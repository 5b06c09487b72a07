"""Submissions are kept whole or not at all, and once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from chassis.clock import new_id
from contracts.intake_http import SubmissionView
from tests.contract.intake.conftest import (
    COMPANY,
    DEVICE,
    OTHER_COMPANY,
    STAFF,
    Reception,
    device,
    screenshot,
)

NOTHING = (0, 0, 0)


async def test_a_submission_is_kept_with_its_files_and_told(reception: Reception) -> None:
    picture = screenshot()
    answer = await reception.submit(
        ("description", "Горит\r\nлампочка"),
        ("diagnostics", '{"os": "Windows 11", "$where": {"a.b": 1}}'),
        ("screenshot", picture, "экран.png"),
        ("attachment", b"x" * 600_000, "лог.txt"),
    )
    assert answer.status == 202
    view = SubmissionView.model_validate(answer.body)
    assert (view.status, view.number, view.description) == ("received", None, "Горит\nлампочка")
    assert [(file.kind, file.name, file.width) for file in view.files] == [
        ("screenshot", "экран.png", 64),
        ("attachment", "лог.txt", None),
    ]
    assert await reception.stored() == (1, 2, 4)
    (event,) = await reception.events(str(view.id))
    assert event["type"] == "helpdesk.submission.received.v1"
    assert event["data"]["diagnostics"] == {"os": "Windows 11", "$where": {"a.b": 1}}
    assert event["data"]["requester"]["device_id"] == str(DEVICE.id)


async def test_plain_json_is_enough_without_files(reception: Reception) -> None:
    answer = await reception("POST", "/submissions", {"title": "Не печатает", "diagnostics": {"a": [1]}})
    assert (answer.status, answer.body["title"]) == (202, "Не печатает")


async def test_the_same_again_is_the_same_submission(reception: Reception) -> None:
    key, parts = new_id(), (("screenshot", screenshot(), "a.png"), ("description", "да"))
    answers = [await reception.submit(*parts, key=key) for _ in range(3)]
    assert {answer.status for answer in answers} == {202}
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    assert (await reception.stored())[:2] == (1, 1)
    assert len(await reception.events(str(key))) == 1


async def test_the_same_many_times_at_once_is_one_submission(reception: Reception) -> None:
    key, picture = new_id(), screenshot()
    answers = await asyncio.gather(
        *(reception.submit(("screenshot", picture, "a.png"), key=key) for _ in range(8))
    )
    assert {answer.status for answer in answers} == {202}
    assert (await reception.stored())[:2] == (1, 1)


async def test_one_that_is_refused_keeps_out_none_of_those_beside_it(reception: Reception) -> None:
    taken = new_id()
    await reception.submit(("screenshot", screenshot(), "a.png"), key=taken)
    keys = [new_id(), new_id(), taken, new_id(), taken, *(new_id() for _ in range(5))]
    answers = await asyncio.gather(
        *(reception.submit(("screenshot", screenshot(), "b.png"), key=key) for key in keys)
    )
    assert [answer.status for answer in answers] == [409 if key == taken else 202 for key in keys]
    assert await reception.stored() == (9, 9, 9)
    assert [len(await reception.events(str(key))) for key in keys] == [1] * len(keys)


async def test_a_large_one_is_kept_beside_small_ones(reception: Reception) -> None:
    large = (("attachment", b"x" * 3_000_000, "журнал.txt"),)
    small = (("attachment", b"y" * 1_000, "лог.txt"),)
    answers = await asyncio.gather(*(reception.submit(*parts) for parts in (small, large, small, small)))
    assert {answer.status for answer in answers} == {202}
    assert await reception.stored() == (4, 4, 3 + 12)


async def test_another_body_under_the_same_key_is_409(reception: Reception) -> None:
    key, picture = new_id(), screenshot()
    assert (await reception.submit(("screenshot", picture, "a.png"), key=key)).status == 202
    before = await reception.stored()
    for parts in ((), (("screenshot", screenshot(), "a.png"),), (("attachment", picture, "a.png"),) * 2):
        assert (await reception.submit(*parts, key=key)).status == 409
    assert (await reception.submit(("screenshot", picture, "a.png"), key=key, who=device())).status == 409
    assert await reception.stored() == before


@pytest.mark.parametrize("key", ["x", "", "1", "{}", "0" * 5000])
async def test_a_key_that_is_no_id_is_refused(reception: Reception, key: str) -> None:
    answer = await reception("POST", "/submissions", {"title": "x"}, Idempotency_Key=key)
    assert answer.status == 422


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"title": ""}',
        b'{"title": " \\u200b\\u3164 "}',
        b'{"title": {"$ne": ""}}',
        b'{"title": 5}',
        b'{"title": "x", "number": 7}',
        b'{"title": "x", "company_id": "y"}',
        b'{"title": "x", "received_at": "2020-01-01T00:00:00Z"}',
        b'{"title": "x", "status": "closed"}',
        b'{"title": "x", "author": "y"}',
        b'{"title": "x", "channel": "pigeon"}',
        b'{"title": "x", "\\ud800": 1}',
        b'{"title": "x", "diagnostics": []}',
        b'{"title": "x", "diagnostics": {"a": "\\ud800"}}',
        b'{"title": "x", "diagnostics": {"\\ud800": 1}}',
        b'{"title": "x", "diagnostics": {"a": NaN}}',
        b'{"title": "x", "diagnostics": {"a": 1e999}}',
        b'{"title": "x", "diagnostics": {"a": ' + b"9" * 30 + b"}}",
        b'{"title": "x", "diagnostics": {"a": ' + b"9" * 5000 + b"}}",
        b'{"title": "x", "diagnostics": {"a": ' + b"[" * 200 + b"]" * 200 + b"}}",
        b'{"title": "x", "diagnostics": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
        b"[" * 100_000,
        b'{"title": "\xff\xfe"}',
        b'{"title": "' + b"x" * 201 + b'"}',
        b'{"title": "x", "description": "' + b"x" * 20_001 + b'"}',
        b'{"title": "x", "on_behalf_of": {"person": {}, "company": {}}}',
    ],
    ids=lambda body: body[:44].decode(errors="replace"),
)
async def test_a_hostile_body_is_refused_and_nothing_kept(reception: Reception, body: bytes) -> None:
    answer = await reception("POST", "/submissions", body)
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(answer.content) < 2000
    assert await reception.stored() == NOTHING


async def test_a_json_body_without_end_is_413(reception: Reception) -> None:
    answer = await reception("POST", "/submissions", b'{"title": "' + b"x" * 10_000_000)
    assert answer.status == 413


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "x", ""])
async def test_another_media_type_is_415(reception: Reception, media_type: str) -> None:
    answer = await reception("POST", "/submissions", b"title=x", Content_Type=media_type)
    assert answer.status == 415


async def test_text_with_hidden_characters_is_kept_clean(reception: Reception) -> None:
    said = {"title": "Счёт\u202egnp\0.exe", "description": "a\r\nb\x07 <script>alert(1)</script>\ud800"}
    answer = await reception("POST", "/submissions", said)
    assert answer.body["title"] == "Счётgnp.exe"
    assert answer.body["description"] == "a\nb <script>alert(1)</script>"


async def _by_phone(reception: Reception, company: Any, who: Any) -> int:
    person = {"id": str(new_id()), "full_name": "Сидоров"}
    on_behalf_of = {"person": person, "company": {"id": str(company), "name": "ООО"}}
    said = {"title": "Звонок", "channel": "phone", "on_behalf_of": on_behalf_of}
    return (await reception("POST", "/submissions", said, who=who)).status


async def test_staff_submit_for_somebody_of_a_company_they_may_see(reception: Reception) -> None:
    limited = STAFF.model_copy(update={"companies": (COMPANY,)})
    assert await _by_phone(reception, COMPANY, limited) == 202
    assert await _by_phone(reception, OTHER_COMPANY, limited) == 422
    assert await _by_phone(reception, OTHER_COMPANY, STAFF) == 202
    assert await _by_phone(reception, COMPANY, DEVICE) == 422
    assert (await reception("POST", "/submissions", {"title": "x"}, who=STAFF)).status == 422


async def test_nobody_submits_without_a_principal(reception: Reception) -> None:
    assert (await reception("POST", "/submissions", {"title": "x"}, who=None)).status == 401
    assert await reception.stored() == NOTHING
