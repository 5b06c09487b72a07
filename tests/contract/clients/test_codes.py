"""Enrolment codes over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.contract.clients.service import GATEWAY, SPECIALIST, Service, somebody


async def test_a_code_tells_whose_it_is(service: Service) -> None:
    company = await service.company("ООО «Чей код»", screenshots_allowed=False)
    code = await service.code(company)
    answer = await service.call("GET", f"/codes/{code}", who=GATEWAY)
    assert answer.status == 200
    assert answer.body == {
        "company": {"id": company["id"], "name": "ООО «Чей код»"},
        "screenshots_allowed": False,
    }


@pytest.mark.parametrize("typed", ["zima-2027", "ZIMA 2027", "zima2027", " ZIMA-2027 ", "ZIМА-2027"])
async def test_a_code_is_known_however_it_is_typed(service: Service, typed: str) -> None:
    if (await service.call("GET", "/codes/ZIMA-2027", who=GATEWAY)).status == 404:
        assert await service.code(await service.company(), code="Zima-2027") == "ZIMA-2027"
    assert (await service.call("GET", f"/codes/{quote(typed)}", who=GATEWAY)).status == 200


@pytest.mark.parametrize("typed", ["NOPE", "%00", "a" * 65, "%F0%9F%98%80", "..", "$ne", "%D0%AA"])
async def test_an_unknown_code_is_not_there(service: Service, typed: str) -> None:
    assert (await service.call("GET", f"/codes/{typed}", who=GATEWAY)).status in (404, 422)


async def test_a_withdrawn_code_enrols_nobody_and_stays_in_the_list(service: Service) -> None:
    company = await service.company()
    code = await service.code(company)
    path = f"/companies/{company['id']}/codes"
    assert (await service.call("DELETE", f"{path}/{code}")).status == 204
    assert (await service.call("DELETE", f"{path}/{code}")).status == 204
    assert (await service.call("GET", f"/codes/{code}", who=GATEWAY)).status == 404
    assert (await service.enrol(code)).status == 403
    (listed,) = (await service.call("GET", path)).body["items"]
    assert listed["withdrawn_at"] is not None


async def test_a_code_for_two_enrols_two(service: Service) -> None:
    company = await service.company()
    code = await service.code(company, max_uses=2)
    statuses = [(await service.enrol(code)).status for _ in range(3)]
    assert statuses == [201, 201, 403]
    (listed,) = (await service.call("GET", f"/companies/{company['id']}/codes")).body["items"]
    assert listed["uses"] == 2


async def test_a_code_expires(service: Service) -> None:
    company = await service.company()
    code = await service.code(company, expires_at=(datetime.now(UTC) + timedelta(hours=1)).isoformat())
    assert (await service.enrol(code)).status == 201
    past = {"$set": {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}}
    await service.database["codes"].update_one({"code": code}, past)
    assert (await service.enrol(code)).status == 403


@pytest.mark.parametrize(
    "expires_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2020-01-01T00:00:00Z"]
)
async def test_a_code_lasts_a_sensible_time(service: Service, expires_at: str) -> None:
    path = f"/companies/{(await service.company())['id']}/codes"
    answer = await service.call("POST", path, {"expires_at": expires_at})
    assert (answer.status, answer.fields) == (422, ["expires_at"])


async def test_a_code_of_an_archived_company_enrols_nobody(service: Service) -> None:
    company = await service.company()
    code = await service.code(company)
    await service.call("DELETE", f"/companies/{company['id']}")
    assert (await service.call("GET", f"/codes/{code}", who=GATEWAY)).status == 404
    assert (await service.enrol(code)).status == 403


async def test_a_taken_code_is_refused_and_a_repeated_call_is_not(service: Service) -> None:
    company, other = await service.company(), await service.company()
    path = f"/companies/{company['id']}/codes"
    key = str(uuid4())
    first = await service.call("POST", path, {"code": "TAKEN-77"}, Idempotency_Key=key)
    again = await service.call("POST", path, {"code": "TAKEN-77"}, Idempotency_Key=key)
    taken = await service.call("POST", f"/companies/{other['id']}/codes", {"code": "taken 77"})
    assert (first.status, again.status, taken.status) == (201, 201, 409)
    assert again.body == first.body


@pytest.mark.parametrize("code", ["ABC", "A" * 33, "<b>CODE</b>", "КОДЫ", "A--B--C", ""])
async def test_a_code_that_cannot_be_typed_is_refused(service: Service, code: str) -> None:
    path = f"/companies/{(await service.company())['id']}/codes"
    answer = await service.call("POST", path, {"code": code})
    assert (answer.status, answer.fields) == (422, ["code"])


async def test_codes_are_for_registrars_of_that_company(service: Service) -> None:
    company, other = await service.company(), await service.company()
    path = f"/companies/{company['id']}/codes"
    code = await service.code(company)
    limited = somebody("dispatcher", other["id"])
    for who, status in ((SPECIALIST, 403), (limited, 404), (GATEWAY, 403)):
        assert (await service.call("GET", path, who=who)).status == status
        assert (await service.call("POST", path, {}, who=who)).status == status
        assert (await service.call("DELETE", f"{path}/{code}", who=who)).status == status
    sideways = await service.call("DELETE", f"/companies/{other['id']}/codes/{code}", who=limited)
    assert sideways.status == 404
    assert (await service.call("GET", f"/codes/{code}", who=SPECIALIST)).status == 403
