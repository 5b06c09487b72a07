"""Nobody sees what is not theirs, and cannot tell it from what is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Employee, Specialist, employee_at, picture

_OTHER_COMPANY = "PKZ-2026"


class Theirs(NamedTuple):
    """Something of a company, and somebody of another one."""

    submission: str
    file: str
    number: int
    owner: Employee
    stranger: Employee


@pytest.fixture(scope="module")
async def theirs(helpdesk: Stack) -> AsyncIterator[Theirs]:
    async with (
        employee_at(helpdesk.url) as owner,
        employee_at(helpdesk.url, code=_OTHER_COMPANY) as stranger,
    ):
        sent = await owner.submit("Только наше", picture=picture())
        yield Theirs(sent["id"], sent["files"][0]["id"], sent["number"], owner, stranger)


_CALLS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/submissions/{submission}", None),
    ("GET", "/submissions/{submission}?wait=1", None),
    ("POST", "/submissions/{submission}/replies", {"text": "чужое"}),
    ("POST", "/submissions/{submission}/reopen", {"text": "чужое"}),
    ("POST", "/submissions/{submission}/rating", {"score": 1}),
    ("GET", "/files/{file}", None),
    ("GET", "/files/{file}/display", None),
]


@pytest.mark.parametrize(("method", "path", "body"), _CALLS)
async def test_another_company_gets_what_nobody_there_would_get(
    theirs: Theirs, method: str, path: str, body: dict[str, Any] | None
) -> None:
    unknown = path.format(submission=new_id(), file=new_id())
    known = path.format(submission=theirs.submission, file=theirs.file)
    not_there = await theirs.stranger.call(method, unknown, json=body)
    not_yours = await theirs.stranger.call(method, known, json=body)
    assert not_yours.status == 404
    assert (not_yours.status, not_yours.body) == (not_there.status, not_there.body)


async def test_a_list_holds_only_what_is_ones_own(theirs: Theirs) -> None:
    listed = await theirs.stranger.done("GET", "/submissions?limit=200")
    assert theirs.submission not in str(listed)


@pytest.mark.parametrize(
    "path", ["/tickets", "/tickets/{number}", "/staff", "/companies", "/people", "/devices"]
)
async def test_an_employee_is_no_specialist(theirs: Theirs, path: str) -> None:
    answer = await theirs.owner.call("GET", path.format(number=theirs.number))
    assert answer.status in (401, 403)


@pytest.mark.parametrize("path", ["/tickets", "/submissions", "/me", "/events", "/files/{file}"])
async def test_nobody_gets_in_without_a_proof(theirs: Theirs, path: str) -> None:
    answer = await theirs.owner.call(
        "GET", path.format(file=theirs.file), headers={"Authorization": "Bearer x" * 3}
    )
    assert answer.status == 401


async def test_a_revoked_device_is_out_at_once(helpdesk: Stack, specialist: Specialist) -> None:
    async with employee_at(helpdesk.url) as leaving:
        assert (await leaving.call("GET", "/me")).status == 200
        await specialist.done("DELETE", f"/devices/{leaving.device['device_id']}")
        assert (await leaving.call("GET", "/me")).status == 401
        refused = await leaving.call("POST", "/submissions", json={"title": "ещё раз"})
        assert refused.status == 401


async def test_an_unconfirmed_device_does_not_read_its_persons_past(helpdesk: Stack) -> None:
    async with employee_at(helpdesk.url) as owner:
        sent = await owner.submit("Личное")
        me = {
            "code": "DEMO",
            "full_name": "Кто-то Другой",
            "email": owner.email,
            "phone": "+7 900 000-00-00",
            "hostname": "чужой",
        }
        enrolled = await owner.call("POST", "/devices", json=me, headers={"Authorization": ""})
        assert enrolled.body["confirmed"] is False
        proof = {"Authorization": f"Bearer {enrolled.body['token']}"}
        assert (await owner.call("GET", f"/submissions/{sent['id']}", headers=proof)).status == 404
        assert (await owner.call("GET", "/submissions", headers=proof)).body["items"] == []


async def test_a_change_without_the_csrf_token_is_refused(specialist: Specialist, theirs: Theirs) -> None:
    path = f"/tickets/{theirs.number}"
    refused = await specialist.call(
        "PATCH", path, json={"priority": "urgent"}, headers={"X-CSRF-Token": "guessed"}
    )
    assert refused.status == 403
    assert (await specialist.done("GET", path))["priority"] == "normal"
