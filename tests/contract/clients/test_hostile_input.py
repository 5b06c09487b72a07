"""What nobody well-meaning sends: each gets a clear 4xx, and nothing is half-stored."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import ADMIN, GATEWAY, Answer, Service, enrolment

_OPERATORS: list[Any] = [{"$ne": ""}, {"$where": "1"}, {"$regex": ".*"}, ["a"], 7, None, True, {"a.b": 1}]


@pytest.mark.parametrize("value", _OPERATORS)
@pytest.mark.parametrize("field", ["code", "full_name", "email", "phone", "position", "hostname"])
async def test_an_enrolment_takes_only_text(service: Service, field: str, value: Any) -> None:
    answer = await service.call("POST", "/devices", {**enrolment("DEMO"), field: value}, who=GATEWAY)
    _assert_problem(answer, 422)
    assert answer.fields[0].split(".")[0] == field


@pytest.mark.parametrize("value", _OPERATORS)
@pytest.mark.parametrize("field", ["company_id", "full_name", "email", "phone", "position"])
async def test_a_person_takes_only_text(service: Service, field: str, value: Any) -> None:
    body = {"company_id": str(new_id()), "full_name": "Имя", field: value}
    _assert_problem(await service.call("POST", "/people", body), 422)


@pytest.mark.parametrize(
    "field", ["id", "version", "confirmed", "company", "created_at", "$set", "a.b", "__proto__"]
)
async def test_fields_that_are_not_offered_are_refused(service: Service, field: str) -> None:
    company = await service.company()
    calls: list[tuple[str, str, dict[str, Any], Any]] = [
        ("POST", "/companies", {"name": "Имя"}, ADMIN),
        ("PATCH", f"/companies/{company['id']}", {}, ADMIN),
        ("POST", "/people", {"full_name": "Имя", "company_id": company["id"]}, ADMIN),
        ("POST", f"/companies/{company['id']}/codes", {}, ADMIN),
        ("POST", "/devices", enrolment("DEMO"), GATEWAY),
    ]
    for method, path, body, who in calls:
        answer = await service.call(method, path, {**body, field: 1}, who=who)
        _assert_problem(answer, 422)
        assert field in answer.fields


async def test_a_person_does_not_move_to_another_company(service: Service) -> None:
    person = await service.person(await service.company(), "Оседлый")
    other = await service.company()
    answer = await service.call("PATCH", f"/people/{person['id']}", {"company_id": other["id"]})
    _assert_problem(answer, 422)


@pytest.mark.parametrize("field", ["name", "short_name", "notes", "screenshots_allowed", "archived"])
async def test_what_must_be_there_cannot_be_null(service: Service, field: str) -> None:
    company = await service.company()
    _assert_problem(await service.call("PATCH", f"/companies/{company['id']}", {field: None}), 422)


async def test_nobody_in_particular_may_be_responsible(service: Service) -> None:
    company = await service.company(responsible_id=str(new_id()))
    answer = await service.call("PATCH", f"/companies/{company['id']}", {"responsible_id": None})
    assert (answer.status, answer.body["responsible_id"]) == (200, None)


@pytest.mark.parametrize(
    "query",
    [
        "q[$ne]=x",
        "sort=token_hash",
        "limit=0",
        "limit=201",
        "limit=99999999999999999999999999",
        "limit=abc",
        "company=%00",
        "confirmed=maybe",
        "token_hash=00",
        "$where=1",
        "q=" + "a" * 201,
    ],
)
async def test_a_query_that_is_not_offered_is_refused(service: Service, query: str) -> None:
    for path in ("/companies", "/people", "/devices"):
        answer = await service.call("GET", f"{path}?{query}")
        if not (path == "/people" and query.startswith("q=")):
            _assert_problem(answer, 422)


@pytest.mark.parametrize(
    "position",
    [
        {},
        {"key": {"$gt": ""}, "id": str(new_id())},
        {"key": "a", "id": {"$ne": 1}},
        {"key": "a", "id": "1"},
        ["a"],
        None,
        "x",
    ],
)
async def test_a_forged_cursor_is_refused(service: Service, position: Any) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")
    for path in ("/companies", "/people", "/devices"):
        answer = await service.call("GET", f"{path}?cursor={cursor}")
        _assert_problem(answer, 422)
        assert answer.fields == ["cursor"]


@pytest.mark.parametrize("cursor", ["x", "%00", "%F0%9F%98%80", "AAAA", "....", "a" * 2000, "e30", "-_-_"])
async def test_a_cut_cursor_is_refused(service: Service, cursor: str) -> None:
    _assert_problem(await service.call("GET", f"/people?cursor={cursor}"), 422)


async def test_a_cursor_of_somebody_else_shows_nothing_more(service: Service) -> None:
    mine, other = await service.company("Курсор А"), await service.company("Курсор Б")
    limited = ADMIN.model_copy(update={"companies": (new_id(),)})
    cursor = (await service.call("GET", "/companies?q=курсор&limit=1")).body["next"]
    answer = await service.call("GET", f"/companies?q=курсор&cursor={cursor}", who=limited)
    assert answer.body["items"] == []
    assert mine["id"] != other["id"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"name": "\xff"}',
        b"[" * 100_000,
        b'{"name": ' + b"9" * 5_000 + b"}",
        b'{"name": 1e999}',
        b'{"name": NaN}',
    ],
)
async def test_a_body_that_is_no_object_is_refused(service: Service, raw: bytes) -> None:
    answer = await service.call("POST", "/companies", raw=raw)
    assert answer.status in (400, 422)
    _assert_problem(answer, answer.status)


async def test_a_strange_key_is_named_without_harm(service: Service) -> None:
    answer = await service.call("POST", "/companies", raw=b'{"name": "a", "\\ud800<script>": 1}')
    _assert_problem(answer, 422)


async def test_hidden_characters_are_dropped_and_the_words_stay(service: Service) -> None:
    raw = b'{"name": "\\u0000 \\ud800Be\\u202elyj\\u0007\\n klyk \\u0000"}'
    answer = await service.call("POST", "/companies", raw=raw)
    assert (answer.status, answer.body["name"]) == (201, "Belyj klyk")


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200b", "\u0000", "\u202e", "a" * 201])
async def test_a_name_that_cannot_be_seen_or_has_no_end_is_refused(service: Service, name: str) -> None:
    _assert_problem(await service.call("POST", "/companies", {"name": name}), 422)


@pytest.mark.parametrize("size", [300_000, 10_000_000])
async def test_a_huge_body_is_refused_unread(service: Service, size: int) -> None:
    answer = await service.call("POST", "/companies", raw=b'{"name": "' + b"a" * size + b'"}')
    _assert_problem(answer, 413)


async def test_a_huge_body_of_unknown_length_is_refused(service: Service) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b'"' + b"a" * 10_000

    _assert_problem(await service.call("POST", "/companies", raw=endless()), 413)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "<img hx-get=/x>", "'; DROP", "=1+1", "👩🏽‍🔧 мастер"]
)
async def test_text_is_kept_as_it_is_meant(service: Service, text: str) -> None:
    company = await service.company(text, notes=text)
    assert (company["name"], company["notes"]) == (text, text)
    found = await service.call("GET", f"/companies?q={quote(text)}")
    assert found.status == 200


@pytest.mark.parametrize("version", ["", '"x"', "1e3", '"-1"', '"1", "2"', "١", '"99999999999999999999"'])
async def test_an_if_match_that_names_no_version_changes_nothing(service: Service, version: str) -> None:
    company = await service.company()
    path = f"/companies/{company['id']}"
    answer = await service.call("PATCH", path, {"notes": "нет"}, If_Match=version)
    assert answer.status in (409, 412)
    assert (await service.call("GET", path)).body == company


@pytest.mark.parametrize("key", ["", "1", "x" * 5000, "00000000-0000-0000-0000-00000000000g"])
async def test_an_idempotency_key_is_a_uuid(service: Service, key: str) -> None:
    answer = await service.call("POST", "/companies", {"name": "Ключ"}, Idempotency_Key=key)
    _assert_problem(answer, 422)


@pytest.mark.parametrize("key", ["1", "%00", "..", "None", "{}", "0" * 33])
async def test_an_id_is_a_uuid(service: Service, key: str) -> None:
    for path in ("/companies", "/people", "/devices"):
        assert (await service.call("GET", f"{path}/{key}")).status in (404, 422)


async def test_wrong_methods_and_paths_are_problems(service: Service) -> None:
    _assert_problem(await service.call("PUT", "/companies", {}), 405)
    _assert_problem(await service.call("DELETE", "/people"), 405)
    _assert_problem(await service.call("GET", "/nothing"), 404)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
async def test_without_a_principal_nothing_is_said(service: Service, token: str) -> None:
    for path in ("/companies", "/people", "/devices", "/codes/DEMO"):
        _assert_problem(await service.call("GET", path, who=None, X_Principal=token), 401)


async def test_a_member_of_staff_without_a_role_sees_nothing(service: Service) -> None:
    nobody = ADMIN.model_copy(update={"roles": ("guest",)})
    for path in ("/companies", "/people", "/devices"):
        _assert_problem(await service.call("GET", path, who=nobody), 403)


def _assert_problem(answer: Answer, status: int) -> None:
    assert answer.status == status, answer.body
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.body["status"] == status
