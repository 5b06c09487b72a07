"""Files of answers: kept by specialists, the client's from the answer on that shows them."""

from __future__ import annotations

import asyncio
import io
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.intake import FileRef
from contracts.tickets import MergedInto, TicketAnswered, TicketMerged, TicketRegistered
from services.intake.use_cases.follow_ticket import follow_ticket
from tests.contract.intake.conftest import (
    COMPANY,
    DEVICE,
    OTHER_COMPANY,
    STAFF,
    Reception,
    device,
    screenshot,
)
from tests.contract.intake.ticket_events import AT, answer, said
from tests.contract.serving import Answer

MANAGER = device(is_manager=True)


def _form(*parts: tuple[str, str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, file_name, content in parts:
        form.add_field(name, io.BytesIO(content), filename=file_name)
    return form


async def _store(
    reception: Reception,
    submission: UUID,
    *parts: tuple[str, str, bytes],
    who: Principal = STAFF,
    key: UUID | None = None,
) -> Answer:
    sent = parts or (("attachment", "Акт.pdf", b"%PDF-1"), ("screenshot", "s.png", screenshot()))
    path = f"/submissions/{submission}/files"
    return await reception("POST", path, _form(*sent), who=who, Idempotency_Key=str(key or new_id()))


async def _stored(reception: Reception, submission: UUID) -> list[dict[str, Any]]:
    answer = await _store(reception, submission)
    assert answer.status == 201, answer.body
    return sorted(answer.body["items"], key=lambda one: str(one["kind"]))


async def _status(reception: Reception, file: dict[str, Any], who: Principal) -> set[int]:
    paths = [f"/files/{file['id']}", *([f"/files/{file['id']}/display"] if file["display_href"] else [])]
    return {(await reception("GET", path, who=who)).status for path in paths}


async def _show(reception: Reception, submission: UUID, files: list[dict[str, Any]]) -> None:
    refs = tuple(FileRef.model_validate(file) for file in files)
    entry = answer("Смотрите", new_id(), 2).model_copy(update={"files": refs})
    await follow_ticket(reception.submissions, said(TicketAnswered, submission, 2, entry=entry), new_id(), AT)


@pytest.fixture
async def submission(reception: Reception) -> UUID:
    return UUID((await reception.submit()).body["id"])


async def test_the_client_gets_them_with_the_answer_and_not_before(
    reception: Reception, submission: UUID
) -> None:
    files = await _stored(reception, submission)
    assert [(one["kind"], one["name"]) for one in files] == [
        ("attachment", "Акт.pdf"),
        ("screenshot", "s.png"),
    ]
    strangers = (device(), device(OTHER_COMPANY, is_manager=True))
    for file in files:
        assert await _status(reception, file, STAFF) == {200}
        for who in (DEVICE, MANAGER, *strangers):
            assert await _status(reception, file, who) == {404}
    await _show(reception, submission, files[:1])
    for who in (DEVICE, MANAGER):
        assert await _status(reception, files[0], who) == {200}
        assert await _status(reception, files[1], who) == {404}
    for who in strangers:
        assert await _status(reception, files[0], who) == {404}
    (line,) = (await reception("GET", f"/submissions/{submission}")).body["log"]
    assert [(one["name"], one["href"]) for one in line["files"]] == [
        ("Акт.pdf", f"/api/v1/files/{files[0]['id']}")
    ]
    got = await reception("GET", f"/files/{files[0]['id']}")
    assert got.content == b"%PDF-1"
    assert got.headers["Content-Disposition"].startswith("attachment")


async def test_who_was_merged_into_a_ticket_gets_the_files_of_its_answers(
    reception: Reception, submission: UUID
) -> None:
    other = device()
    joined = UUID((await reception.submit(who=other)).body["id"])
    into = MergedInto(id=new_id(), number=1, submission_id=submission)
    for event in (said(TicketRegistered, submission, 1), said(TicketMerged, joined, 2, into=into)):
        await follow_ticket(reception.submissions, event, new_id(), AT)
    (file, _) = files = await _stored(reception, submission)
    await _show(reception, submission, files[:1])
    assert await _status(reception, file, other) == {200}


async def test_another_submissions_file_is_not_shown_by_naming_it(
    reception: Reception, submission: UUID
) -> None:
    hidden = UUID((await reception.submit(who=device(OTHER_COMPANY))).body["id"])
    theirs = await _stored(reception, hidden)
    for_limited = STAFF.model_copy(update={"id": new_id(), "companies": (COMPANY,)})
    for file in theirs:
        assert await _status(reception, file, for_limited) == {404}
    assert (await _store(reception, hidden, who=for_limited)).status == 404


async def test_the_same_key_keeps_them_once_and_for_the_same(reception: Reception, submission: UUID) -> None:
    key, part = new_id(), ("attachment", "a.txt", b"one")
    answers = await asyncio.gather(*(_store(reception, submission, part, key=key) for _ in range(3)))
    assert {one.status for one in answers} == {201}
    assert len({one.body["items"][0]["id"] for one in answers}) == 1
    other = ("attachment", "a.txt", b"other")
    assert (await _store(reception, submission, other, key=key)).status == 409
    elsewhere = UUID((await reception.submit()).body["id"])
    assert (await _store(reception, elsewhere, part, key=key)).status == 409


async def test_only_specialists_store_them_and_only_files(reception: Reception, submission: UUID) -> None:
    assert (await _store(reception, submission, who=DEVICE)).status == 403
    assert (await _store(reception, new_id())).status == 404
    for part in (
        ("title", "t.txt", b"x"),
        ("attachment", "empty.txt", b""),
        ("screenshot", "s.png", b"no picture"),
        ("screenshot", "s.svg", b"<svg onload='alert(1)'/>"),
    ):
        assert (await _store(reception, submission, part)).status == 422
    assert (await reception.stored())[1:] == (0, 0)
