"""Files of what the requester says: shown to whoever sees the submission, kept once for each key."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from tests.contract.intake.conftest import (
    DEVICE,
    OTHER_COMPANY,
    STAFF,
    Reception,
    device,
    screenshot,
)
from tests.contract.serving import Answer

PHOTO = ("screenshot", "Табличка.png", screenshot())
LOG = ("attachment", "Журнал.txt", b"error 7")


@pytest.fixture
async def submission(reception: Reception) -> UUID:
    return UUID((await reception.submit()).body["id"])


async def _reply(
    reception: Reception,
    submission: UUID,
    *files: tuple[str, str, bytes],
    text: str | None = None,
    who: Principal = DEVICE,
    key: UUID | None = None,
    word: str = "replies",
    **fields: str,
) -> Answer:
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in {**({"text": text} if text is not None else {}), **fields}.items():
        form.add_field(name, value)
    for name, file_name, content in files:
        form.add_field(name, io.BytesIO(content), filename=file_name)
    path = f"/submissions/{submission}/{word}"
    return await reception("POST", path, form, who=who, Idempotency_Key=str(key or new_id()))


def _last(answer: Answer) -> dict[str, Any]:
    assert answer.status == 202, answer.body
    line: dict[str, Any] = answer.body["log"][-1]
    return line


async def test_files_of_a_reply_are_in_the_log_for_those_who_may_see_the_submission(
    reception: Reception, submission: UUID
) -> None:
    line = _last(await _reply(reception, submission, PHOTO, LOG, text="Вот табличка"))
    assert (line["kind"], line["text"]) == ("reply", "Вот табличка")
    assert [(one["kind"], one["name"]) for one in line["files"]] == [
        ("screenshot", "Табличка.png"),
        ("attachment", "Журнал.txt"),
    ]
    assert line["files"][0]["display_href"]
    stranger = device(OTHER_COMPANY, is_manager=True)
    for file in line["files"]:
        for who, status in ((DEVICE, 200), (STAFF, 200), (stranger, 404)):
            assert (await reception("GET", f"/files/{file['id']}", who=who)).status == status


async def test_a_picture_alone_is_a_reply_and_nothing_at_all_is_none(
    reception: Reception, submission: UUID
) -> None:
    line = _last(await _reply(reception, submission, PHOTO, text=""))
    assert (line["text"], len(line["files"])) == ("", 1)
    for refused in (
        await _reply(reception, submission, text=" "),
        await _reply(reception, submission, PHOTO, text="а", status="closed"),
        await _reply(reception, submission, ("screenshot", "x.png", b"<svg>"), text="а"),
    ):
        assert refused.status == 422, refused.body


async def test_the_same_reply_again_is_one_and_another_under_its_key_is_refused(
    reception: Reception, submission: UUID
) -> None:
    key = new_id()
    for _ in range(2):
        answer = await _reply(reception, submission, PHOTO, LOG, text="Раз", key=key)
        assert [line["id"] for line in answer.body["log"]] == [str(key)]
    for files, text in (((PHOTO, LOG), "Два"), ((PHOTO,), "Раз"), ((LOG, PHOTO, LOG), "Раз"), ((), "Раз")):
        assert (await _reply(reception, submission, *files, text=text, key=key)).status == 409


async def test_nobody_but_the_requester_replies_with_files(reception: Reception, submission: UUID) -> None:
    key = new_id()
    manager = await _reply(reception, submission, LOG, text="Я", who=device(is_manager=True), key=key)
    assert manager.status == 403
    other = await _reply(reception, submission, LOG, text="Я", who=device(OTHER_COMPANY), key=key)
    assert other.status == 404
    assert _last(await _reply(reception, submission, LOG, text="Это я", key=key))["text"] == "Это я"


@pytest.mark.parametrize("text", ["Всё ещё то же", ""])
async def test_what_is_not_solved_is_shown_by_files(
    reception: Reception, submission: UUID, text: str
) -> None:
    key = new_id()
    for _ in range(2):
        line = _last(await _reply(reception, submission, PHOTO, LOG, text=text, key=key, word="reopen"))
        assert (line["kind"], line["text"]) == ("reopening", text)
        assert [one["name"] for one in line["files"]] == ["Табличка.png", "Журнал.txt"]
    other = await _reply(reception, submission, PHOTO, text=text, key=key, word="reopen")
    assert other.status == 409
    [told] = [event for event in await reception.events(str(submission)) if "reopened" in event["type"]]
    assert [one["name"] for one in told["data"]["files"]] == ["Табличка.png", "Журнал.txt"]
