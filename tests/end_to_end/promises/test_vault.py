"""Secrets through the gateway: for a ticket of the company, by whoever may, and known to other systems."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Specialist, employee_at, specialist_at

_WHY = {"reason": "проверка копий"}


@pytest.fixture
async def admin(helpdesk: Stack) -> AsyncIterator[Specialist]:
    async with specialist_at(helpdesk.url, "admin") as somebody:
        yield somebody


@pytest.fixture
async def company(admin: Specialist) -> dict[str, Any]:
    made: dict[str, Any] = await admin.done("POST", "/companies", json={"name": f"ООО «Сейф {new_id()}»"})
    return made


@pytest.fixture
async def credential(admin: Specialist, company: dict[str, Any]) -> dict[str, Any]:
    body = {"company_id": company["id"], "label": "Роутер", "login": "admin", "secret": "Тайна-17"}
    made: dict[str, Any] = await admin.done("POST", "/credentials", json=body)
    return made


async def _ticket_of(helpdesk: Stack, admin: Specialist, company: dict[str, Any]) -> int:
    code = (await admin.done("POST", f"/companies/{company['id']}/codes", json={}))["code"]
    async with employee_at(helpdesk.url, code=code) as employee:
        return int((await employee.submit("Нет интернета"))["number"])


async def test_a_specialist_sees_a_password_for_the_companys_ticket_and_the_audit_tells(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any], credential: dict[str, Any]
) -> None:
    number = await _ticket_of(helpdesk, admin, company)
    path = f"/credentials/{credential['id']}/reveal"
    async with specialist_at(helpdesk.url, "specialist") as specialist:
        shown = await specialist.call("POST", path, json={"ticket": number})
        assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store")
        assert (shown.body["login"], shown.body["secret"]) == ("admin", "Тайна-17")
        assert (await specialist.call("GET", "/audit")).status == 403
    audit = (await admin.done("GET", f"/audit?thing={credential['id']}"))["items"]
    assert [(one["ticket"], one["by"]["full_name"] != "") for one in audit] == [(number, True)]
    assert audit[0]["address"] == "127.0.0.1"
    assert audit[0]["program"]


async def test_another_companys_ticket_and_one_that_is_not_there_are_no_reason(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any], credential: dict[str, Any]
) -> None:
    other: dict[str, Any] = await admin.done("POST", "/companies", json={"name": f"ООО «Чужая {new_id()}»"})
    foreign = await _ticket_of(helpdesk, admin, other)
    path = f"/credentials/{credential['id']}/reveal"
    for number in (foreign, 2**52):
        answer = await admin.call("POST", path, json={"ticket": number})
        assert (answer.status, [one["field"] for one in answer.body["errors"]]) == (422, ["ticket"])
    assert (await admin.done("GET", f"/audit?thing={credential['id']}"))["items"] == []


async def test_a_token_reveals_only_when_it_was_made_for_that(
    helpdesk: Stack, admin: Specialist, credential: dict[str, Any]
) -> None:
    path = f"{helpdesk.url}/api/v1/credentials/{credential['id']}/reveal"
    for scopes, status in ((["credentials:read", "credentials:write"], 403), (["credentials:reveal"], 200)):
        token = await admin.done("POST", "/tokens", json={"name": f"t {new_id()}", "scopes": scopes})
        headers = {"Authorization": f"Bearer {token['token']}"}
        async with admin.http.post(path, json=_WHY, headers=headers) as answer:
            assert answer.status == status


async def test_a_write_from_another_site_reveals_nothing(
    helpdesk: Stack, admin: Specialist, credential: dict[str, Any]
) -> None:
    path = f"{helpdesk.url}/api/v1/credentials/{credential['id']}/reveal"
    async with admin.http.post(path, json=_WHY, headers={"X-CSRF-Token": ""}) as answer:
        assert answer.status == 403
    assert (await admin.done("GET", f"/audit?thing={credential['id']}"))["items"] == []


async def test_an_employee_has_no_way_to_it(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any], credential: dict[str, Any]
) -> None:
    code = (await admin.done("POST", f"/companies/{company['id']}/codes", json={}))["code"]
    async with employee_at(helpdesk.url, code=code) as employee:
        for method, path in (
            ("POST", f"/credentials/{credential['id']}/reveal"),
            ("GET", f"/credentials/{credential['id']}"),
            ("GET", "/credentials"),
            ("GET", "/audit"),
        ):
            assert (await employee.call(method, path, json=_WHY if method == "POST" else None)).status == 403
