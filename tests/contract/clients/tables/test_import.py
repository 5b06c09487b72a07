"""A file becomes companies, people and licences: nothing before the preview, everything once after it."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Service, somebody
from tests.contract.clients.tables.files import (
    applied,
    multipart,
    post_form,
    previewed,
    reached,
    rows_of,
    text_of,
    unique,
    upload,
)

_OPEN = {"is_secret": False}


def _outcomes(rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(row["row"], row["outcome"]) for row in rows]


async def test_a_file_shows_its_columns_and_what_they_seem_to_mean(service: Service) -> None:
    content = "ФИО;Компания;Тел;Любимый цвет\nА Б;В;+7 900;синий\nГ Д;Е;;\n".encode("cp1251")
    job = (await upload(service, "people", content)).body
    assert (job["state"], job["rows"], job["encoding"], job["delimiter"]) == ("matching", 2, "cp1251", ";")
    assert [column["field"] for column in job["columns"]] == ["full_name", "company", "phone", None]
    assert job["columns"][0] == {"header": "ФИО", "samples": ["А Б", "Г Д"], "field": "full_name"}
    assert {"name": "full_name", "required": True, "secret": False} in job["fields"]
    assert job["file_name"] == "таблица.csv"


async def test_keys_and_passwords_in_a_file_are_not_kept(service: Service) -> None:
    company = await service.company(unique("ООО Ключи"))
    content = f"Продукт;Компания;Лицензионный ключ;Пароль\nСАПР;{company['name']};AAAA-77-KEY;Qwerty-77\n"
    job = await previewed(service, "licences", content)
    assert [column["samples"] for column in job["columns"]] == [["САПР"], [company["name"]], [""], [""]]
    for name in await service.database.list_collection_names():
        async for document in service.database[name].find({}):
            assert "AAAA-77-KEY" not in str(document)
            assert "Qwerty-77" not in str(document)


async def test_the_preview_says_row_by_row_what_will_happen_and_writes_nothing(service: Service) -> None:
    company = await service.company(unique("ООО Импорт"))
    known = await service.person(company, "Иванова Мария", email="maria@import.example", phone="112")
    same = await service.person(company, "Петров Пётр", position="сторож")
    content = (
        "ФИО;Компания;Почта;Телефон;Должность\n"
        f"Новиков Лев;{company['name']};lev@import.example;+7 900 1;мастер\n"
        f"Иванова Мария;{company['name']};MARIA@import.example;113;\n"
        f"Петров Пётр;{company['name']};;;сторож\n"
        f"Сидоров;{company['name']};не почта;;\n"
        "Кто-то;Нет такой;;;\n"
        f";{company['name']};;112;\n"
        f"Новиков Лев;{company['name']};lev@import.example;;\n"
    )
    job = await previewed(service, "people", content)
    rows = await rows_of(service, job)
    assert [outcome for _, outcome in _outcomes(rows)] == [
        "create", "update", "skip", "error", "error", "error", "error",
    ]  # fmt: skip
    assert rows[1]["id"] == known["id"]
    assert rows[1]["changes"] == [
        {"field": "email", "before": "maria@import.example", "after": "MARIA@import.example", **_OPEN},
        {"field": "phone", "before": "112", "after": "113", **_OPEN},
    ]
    assert (rows[2]["id"], rows[2]["reason"]) == (same["id"], "nothing changes")
    assert rows[3]["reason"].startswith("email: ")
    assert rows[3]["name"] == "Сидоров", "a row that is refused says whose it is"
    assert rows[4]["reason"] == "company: there is none of this name or tax id"
    assert rows[5]["reason"] == "full_name: it is missing"
    assert rows[6]["reason"] == "row 2 says the same thing"
    assert job["counts"] == {"create": 1, "update": 1, "skip": 1, "error": 4}
    listed = await service.call("GET", f"/people?company={company['id']}")
    assert {item["full_name"]: item["version"] for item in listed.body["items"]} == {
        "Иванова Мария": 1, "Петров Пётр": 1,
    }  # fmt: skip


async def test_applied_it_becomes_what_the_preview_said_and_again_nothing(service: Service) -> None:
    company = await service.company(unique("ООО Применено"), tax_id=f"77{new_id().int % 10**8:08}")
    content = (
        "ФИО,ИНН компании,Компания,Руководитель\n"
        f"Первый,{company['tax_id']},,да\n"
        f"Второй,{company['tax_id']},,нет\n"
    )
    done = await applied(service, await previewed(service, "people", content))
    assert (done["counts"]["create"], done["done_rows"]) == (2, 2)
    listed = (await service.call("GET", f"/people?company={company['id']}")).body["items"]
    assert {item["full_name"]: item["is_manager"] for item in listed} == {"Первый": True, "Второй": False}
    assert [row["is_applied"] for row in await rows_of(service, done)] == [True, True]
    for item in listed:
        assert len(await service.events("people", item["id"])) == 1
    again = await applied(service, done)
    assert again == done
    repeated = await previewed(service, "people", content)
    assert repeated["counts"] == {"create": 0, "update": 0, "skip": 2, "error": 0}


async def test_companies_and_licences_come_by_table_too(service: Service) -> None:
    name = unique("ООО Табличное")
    done = await applied(
        service, await previewed(service, "companies", f"Название;ИНН;Снимки экрана\n{name};;нет\n")
    )
    assert done["counts"]["create"] == 1
    company = (await service.call("GET", f"/companies/{(await rows_of(service, done))[0]['id']}")).body
    assert (company["name"], company["screenshots_allowed"]) == (name, False)
    person = await service.person(company, "Пользователь Лицензии", email="user@licence.example")
    content = (
        "Продукт;Компания;Мест;Действует до;Кто пользуется\n"
        f"Офис;{name};1;31.12.2026;user@licence.example\n"
        f"САПР;{name};1;;Пользователь Лицензии; user@licence.example\n"
        f"Щит;{name};;;Никто Такой\n"
        f"Архив;{name};0;;\n"
    )
    job = await previewed(service, "licences", content)
    rows = await rows_of(service, job)
    assert [row["outcome"] for row in rows] == ["create", "error", "error", "error"]
    assert rows[1]["reason"] == "there are more cells than columns"
    assert rows[2]["reason"] == "people: nobody is called Никто Такой at this company"
    assert rows[3]["reason"].startswith("seats: ")
    done = await applied(service, job)
    licence = (await service.call("GET", f"/licences/{(await rows_of(service, done))[0]['id']}")).body
    assert (licence["valid_until"], licence["seats_used"]) == ("2026-12-31", 1)
    assert licence["people"][0]["id"] == person["id"]


async def test_a_company_is_known_as_other_tools_write_it(service: Service) -> None:
    word = unique("Каравай").replace(" ", "-")
    company = await service.company(
        f"ООО «{word}»", short_name=f"К {word}", tax_id=f"77{new_id().int % 10**8:08}"
    )
    other = await service.company(f"ООО «{word} Юг»")
    content = (
        f'ФИО;Компания;ИНН компании\nПервый;"ооо ""{word}""";\nВторой;{word};\nТретий;К {word};\n'
        f"Четвёртый;{word} Ю;\nПятый;{word};7712345678\n"
    )
    job = await previewed(service, "people", content)
    assert [outcome for _, outcome in _outcomes(await rows_of(service, job))] == [
        *["create"] * 3,
        *["error"] * 2,
    ]
    await applied(service, job)
    listed = (await service.call("GET", f"/people?company={company['id']}")).body["items"]
    assert len(listed) == 3
    assert not (await service.call("GET", f"/people?company={other['id']}")).body["items"]


async def test_rows_that_failed_come_back_as_a_file_with_reasons(service: Service) -> None:
    company = await service.company(unique("ООО Ошибки"))
    content = (
        f"ФИО;Компания;Почта;Пометка\nХороший;{company['name']};;\n=1+1;{company['name']};не почта;@SUM(1)\n"
    )
    job = await applied(service, await previewed(service, "people", content))
    errors = await text_of(service, f"/import/{job['id']}/errors")
    assert errors.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(errors.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["ФИО", "Компания", "Почта", "Пометка", "row", "error"]
    assert lines[1][:5] == ["'=1+1", company["name"], "не почта", "'@SUM(1)", "3"]
    assert len(lines) == 2
    again = (await upload(service, "people", errors)).body
    assert [column["field"] for column in again["columns"]] == ["full_name", "company", "email", *[None] * 3]


async def test_what_changed_since_the_preview_is_not_overwritten(service: Service) -> None:
    company = await service.company(unique("ООО Гонка"))
    person = await service.person(company, "Меняющийся", phone="112")
    content = f"ФИО;Компания;Телефон\nМеняющийся;{company['name']};113\nСвежий;{company['name']};114\n"
    job = await previewed(service, "people", content)
    await service.call("PATCH", f"/people/{person['id']}", {"phone": "911"})
    fresh = await service.person(company, "Свежий", phone="115")
    done = await applied(service, job)
    rows = await rows_of(service, done)
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("error", "somebody changed it since the preview"),
        ("error", "somebody added it since the preview"),
    ]
    assert (await service.call("GET", f"/people/{person['id']}")).body["phone"] == "911"
    assert (await service.call("GET", f"/people/{fresh['id']}")).body["phone"] == "115"


async def test_a_matching_may_be_settled_anew_until_it_is_applied(service: Service) -> None:
    company = await service.company(unique("ООО Иначе"))
    content = f"A;B;C\nИмя Один;{company['name']};112\n"
    job = (await upload(service, "people", content)).body
    path = f"/import/{job['id']}"
    early = await service.call("POST", f"{path}/apply")
    assert (early.status, early.fields) == (422, ["state"])
    for columns in (["full_name", "company", None], ["full_name", "company", "phone"]):
        assert (await service.call("PUT", f"{path}/matching", {"columns": columns})).status == 202
        job = await reached(service, job["id"], "checked")
        assert job["counts"]["create"] == 1
    done = await applied(service, job)
    person = (await service.call("GET", f"/people/{(await rows_of(service, done))[0]['id']}")).body
    assert person["phone"] == "112"
    late = await service.call("PUT", f"{path}/matching", {"columns": columns})
    assert (late.status, late.fields) == (422, ["state"])


async def test_an_import_is_its_own_ones(service: Service) -> None:
    job = (await upload(service, "people", "ФИО\nА\n", who=SPECIALIST)).body
    other = somebody("admin")
    calls: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("GET", "/rows", None),
        ("GET", "/errors", None),
        ("POST", "/apply", None),
        ("PUT", "/matching", {"columns": ["full_name"]}),
    ]
    for method, path, body in calls:
        foreign = await service.call(method, f"/import/{job['id']}{path}", body, who=other)
        absent = await service.call(method, f"/import/{new_id()}{path}", body, who=other)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body


async def test_nobody_writes_by_table_what_they_could_not_write_by_hand(service: Service) -> None:
    mine, other = await service.company(unique("ООО Моё")), await service.company(unique("ООО Чужое"))
    hidden = await service.person(other, "Чужой Человек")
    limited = somebody("specialist", mine["id"])
    content = (
        "id;ФИО;Компания;company_id\n"
        f";Свой;{mine['name']};\n"
        f";Лишний;{other['name']};\n"
        f";Лишний;;{other['id']}\n"
        f"{hidden['id']};Взломан;;\n"
        f"{new_id()};Взломан;;\n"
    )
    job = await previewed(service, "people", content, who=limited)
    rows = await rows_of(service, job, limited)
    assert [row["outcome"] for row in rows] == ["create", "error", "error", "error", "error"]
    assert rows[1]["reason"] == rows[2]["reason"]
    assert (rows[3]["reason"], rows[3]["name"]) == (rows[4]["reason"], rows[4]["name"])
    refused = await upload(service, "companies", "Название\nА\n", who=SPECIALIST)
    assert (refused.status, refused.fields) == (422, ["what"])
    manager = somebody("manager", mine["id"])
    job = await previewed(service, "companies", f"Название\n{unique('Новая')}\n", who=manager)
    assert job["counts"]["error"] == 1


async def test_the_same_key_uploads_once(service: Service) -> None:
    key = str(new_id())
    content = "ФИО\nА\n"
    answers = await asyncio.gather(
        *(upload(service, "people", content, Idempotency_Key=key) for _ in range(3))
    )
    assert len({answer.body["id"] for answer in answers}) == 1
    other = await upload(service, "people", "ФИО\nБ\n", Idempotency_Key=key)
    assert other.status == 409


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        b"PK\x03\x04zip",
        b"\xd0\xcf\x11\xe0old",
        b"%PDF-1.7\n\xff\x00",
        b"a;b\n",
        b"a\n" + b"x" * 30_000,
    ],
)
async def test_a_file_that_is_no_table_is_refused(service: Service, content: bytes) -> None:
    refused = await upload(service, "people", content)
    assert (refused.status, refused.fields) == (422, ["file"])


async def test_a_file_beyond_the_limit_is_refused(service: Service) -> None:
    assert (await upload(service, "people", b"a\n" * 5_300_000)).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        b"--a7c1--\r\n",
        b'--a7c1\r\nContent-Disposition: form-data; name="what"\r\n\r\npeople\r\n--a7c1--\r\n',
        b'--a7c1\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--a7c1--\r\n',
        b'--a7c1\r\nContent-Disposition: form-data; name="what"\r\n\r\n' + b"x" * 5000 + b"\r\n--a7c1--\r\n",
        b'--a7c1\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\nb' * 3
        + b"\r\n--a7c1--\r\n",
    ],
)
async def test_a_form_that_is_not_what_was_asked_for_is_refused(service: Service, body: bytes) -> None:
    refused = await post_form(service, body)
    assert refused.status in (400, 422), refused.body
    assert refused.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("what", ["passwords", "devices", "", "$ne", "people\r\n"])
async def test_a_table_that_is_not_offered_is_refused(service: Service, what: str) -> None:
    refused = await upload(service, what, "ФИО\nА\n")
    assert (refused.status, refused.fields) == (422, ["what"])


@pytest.mark.parametrize(
    "columns",
    [
        ["full_name"],
        ["full_name", "full_name"],
        ["full_name", "is_admin"],
        ["full_name", "archived"],
        [None, None],
        ["$set", None],
        [{"$ne": 1}, None],
        "full_name",
        None,
        ["full_name"] * 61,
    ],
)
async def test_a_matching_that_does_not_fit_is_refused(service: Service, columns: Any) -> None:
    job = (await upload(service, "people", "ФИО;B\nА;Б\n")).body
    refused = await service.call("PUT", f"/import/{job['id']}/matching", {"columns": columns})
    assert refused.status == 422
    assert (await service.call("GET", f"/import/{job['id']}")).body == job


@pytest.mark.parametrize(
    "query", ["outcome=x", "limit=0", "cursor=x", "cursor=e30", "row=1", "outcome[$ne]=a"]
)
async def test_a_query_of_rows_that_is_not_offered_is_refused(service: Service, query: str) -> None:
    job = (await upload(service, "people", "ФИО\nА\n")).body
    assert (await service.call("GET", f"/import/{job['id']}/rows?{query}")).status == 422


async def test_a_name_of_a_file_cannot_do_anything(service: Service) -> None:
    name = "../../<script>\u202e.csv"
    body = multipart(("what", None, b"people"), ("file", name, "ФИО\nА\n".encode()))
    job = await post_form(service, body)
    assert (job.status, job.body["file_name"]) == (201, "../../<script>.csv")


async def test_ones_own_imports_are_listed_the_newest_first(service: Service) -> None:
    mine = [(await upload(service, "people", f"ФИО;Компания\nА;{n}\n".encode())).body for n in range(2)]
    listed = (await service.call("GET", "/import")).body["items"]
    assert [job["id"] for job in listed[:2]] == [mine[1]["id"], mine[0]["id"]]
    others = await service.call("GET", "/import", who=somebody("specialist"))
    assert not {job["id"] for job in mine} & {job["id"] for job in others.body["items"]}
