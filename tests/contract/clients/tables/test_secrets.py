"""Credentials by table: sealed from the moment they come, shown by nothing on the way, opened by a reveal."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import ADMIN, SPECIALIST, Service, eventually, somebody
from tests.contract.clients.tables.files import (
    applied,
    multipart,
    previewed,
    reached,
    rows_of,
    text_of,
    unique,
    upload,
)

_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
_LOGIN, _SECRET, _NOTES, _STRAY = "админ-77-логин", "Тайна-9f3b-ABC", "за картиной 41", "ещё-одна-тайна-55"
_ALL = (_LOGIN, _SECRET, _NOTES, _STRAY, _SEED)
_WHY = {"reason": "проверка переезда"}


def _file(company: dict[str, Any], *more: str) -> str:
    head = "Система;Компания;URL;Логин;Пароль;TOTP;Заметки;Разное\n"
    line = f"{company['name']};https://x.example;{_LOGIN};{_SECRET};{_SEED};{_NOTES};{_STRAY}"
    return head + f"Роутер;{line}\n" + "".join(f"{one}\n" for one in more)


async def _reveal(service: Service, key: str) -> dict[str, Any]:
    shown: dict[str, Any] = (
        await service.call("POST", f"/credentials/{key}/reveal", _WHY, who=somebody("admin"))
    ).body
    return shown


async def _assert_nowhere(service: Service, *texts: str) -> None:
    """Neither in what is kept, nor in what waits to be announced."""
    for name in await service.database.list_collection_names():
        async for document in service.database[name].find({}):
            said = str(document)
            assert not [text for text in texts if text in said or text in repr(text.encode())[2:-1] in said]


async def test_passwords_of_a_file_become_credentials_and_are_shown_by_nothing_on_the_way(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    company = await service.company(unique("ООО Переезд"))
    bad = f"Сломанный;{company['name']};;{_LOGIN};{_SECRET};не семя;{_NOTES};{_STRAY}"
    uploaded = (await upload(service, "credentials", _file(company, bad), who=SPECIALIST)).body
    assert [column["field"] for column in uploaded["columns"]] == [
        "label", "company", "address", "login", "secret", "totp_seed", "notes", None,
    ]  # fmt: skip
    assert [bool(column["samples"]) for column in uploaded["columns"]] == [True] * 3 + [False] * 5
    await _assert_nowhere(service, *_ALL)
    job = await previewed(service, "credentials", _file(company, bad), who=SPECIALIST)
    rows = await rows_of(service, job, SPECIALIST)
    assert [row["outcome"] for row in rows] == ["create", "error"]
    assert rows[1]["reason"].startswith("totp_seed: ")
    errors = (await text_of(service, f"/import/{job['id']}/errors", SPECIALIST)).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(errors), delimiter=";"))
    assert lines[1][:2] == ["Сломанный", company["name"]]
    assert (lines[1][3:8], lines[1][8]) == ([""] * 5, "3")
    done = await applied(service, job, who=SPECIALIST)
    answers = f"{uploaded}{job}{rows}{errors}{done}{await rows_of(service, done, SPECIALIST)}{caplog.text}"
    assert not [text for text in _ALL if text in answers]
    await _assert_nowhere(service, *_ALL)
    key = (await rows_of(service, done, SPECIALIST))[0]["id"]
    shown = await _reveal(service, key)
    assert (shown["login"], shown["secret"], shown["notes"]) == (_LOGIN, _SECRET, _NOTES)
    assert len(shown["totp"]["code"]) == 6
    kept = (await service.call("GET", f"/credentials/{key}")).body
    assert (kept["label"], kept["address"]) == ("Роутер", "https://x.example")


async def test_a_password_is_taken_to_the_letter_or_not_at_all(service: Service) -> None:
    company = await service.company(unique("ООО Пробел"))
    secrets = {"Ровно": "'=до буквы", "Хвост": "с хвостом ", "Голова": " с головой", "Пусто": " "}
    lines = [f"{label};{company['name']};{secret}" for label, secret in secrets.items()]
    job = await previewed(service, "credentials", "\n".join(["Название;Компания;Пароль", *lines]))
    rows = await rows_of(service, job)
    blank = "secret: it begins or ends with a blank; type it in by hand if it is meant"
    assert [row["reason"] for row in rows] == ["", blank, blank, ""]
    done = await applied(service, job)
    kept = (await rows_of(service, done))[0]["id"]
    assert (await _reveal(service, kept))["secret"] == "'=до буквы"


async def test_the_key_of_an_import_is_destroyed_with_it(service: Service) -> None:
    company = await service.company(unique("ООО Ключ импорта"))
    job = await previewed(service, "credentials", _file(company))
    keys, rows = service.database["data_keys"], service.database["import_rows"]
    whose = {"_id": UUID(job["id"])}
    lent = await keys.find_one(whose)
    assert lent
    assert lent["lent_until"] is not None
    done = await applied(service, job)

    async def destroyed() -> bool:
        return await keys.find_one(whose) is None

    assert await eventually(destroyed)
    kept = await rows.find_one({"import_id": UUID(done["id"])})
    assert kept
    assert kept["sealed"]
    assert await keys.find_one({"_id": UUID(company["id"])}), "the company's own key stays"


async def test_a_secret_that_is_there_is_overwritten_only_as_the_preview_saw_it(service: Service) -> None:
    company = await service.company(unique("ООО Смена"))
    for label in ("Роутер", "Свитч"):
        body = {"company_id": company["id"], "label": label, "secret": _SECRET, "login": "прежний"}
        assert (await service.call("POST", "/credentials", body)).status == 201
    listed = (await service.call("GET", f"/credentials?company={company['id']}")).body["items"]
    ids = {one["label"]: one["id"] for one in listed}
    content = (
        f"Название;Компания;Логин;Пароль\nРоутер;{company['name']};новый;{_SECRET}\n"
        f"Свитч;{company['name']};новый;другой-пароль\n"
    )
    job = await previewed(service, "credentials", content)
    rows = await rows_of(service, job)
    same = {"before": "", "after": "", "is_secret": True}
    # It does not say which of them would be the same: that would tell who guesses a password.
    assert [row["changes"] for row in rows] == [
        [{"field": "login", **same}, {"field": "secret", **same}] for _ in range(2)
    ]
    await service.call("PATCH", f"/credentials/{ids['Свитч']}", {"secret": "сменили-тем-временем"})
    done = await applied(service, job)
    assert [(row["outcome"], row["reason"]) for row in await rows_of(service, done)] == [
        ("update", ""),
        ("error", "somebody changed it since the preview"),
    ]
    first = await _reveal(service, ids["Роутер"])
    assert (first["login"], first["secret"]) == ("новый", _SECRET)
    assert (await _reveal(service, ids["Свитч"]))["secret"] == "сменили-тем-временем"


async def test_a_column_that_turns_out_to_be_secret_is_not_kept_any_longer(service: Service) -> None:
    company = await service.company(unique("ООО Иная колонка"))
    content = f"Название;Компания;Адрес\nПочта;{company['name']};{_SECRET}\n"
    job = (await upload(service, "credentials", content)).body
    settled = {"columns": ["label", "company", "secret"]}
    await service.call("PUT", f"/import/{job['id']}/matching", settled)
    job = await reached(service, job["id"], "checked")
    assert job["columns"][2]["samples"] == []
    await _assert_nowhere(service, _SECRET)
    done = await applied(service, job)
    assert (await _reveal(service, (await rows_of(service, done))[0]["id"]))["secret"] == _SECRET


async def test_an_export_of_credentials_has_where_they_lead_and_nothing_of_what_they_are(
    service: Service,
) -> None:
    company = await service.company(unique("ООО Вывоз"))
    piece = {"company_id": company["id"], "kind": "router", "name": "Шлюз"}
    piece = (await service.call("POST", "/equipment", piece)).body
    body = {"company_id": company["id"], "label": "=Шлюз", "address": "10.0.0.1", "equipment_id": piece["id"]}
    assert (
        await service.call("POST", "/credentials", {**body, "secret": _SECRET, "login": _LOGIN})
    ).status == 201
    content = await text_of(service, f"/export?what=credentials&company={company['id']}", SPECIALIST)
    titles, row = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert titles[4:] == ["Для чего", "Адрес", "Что открывает", "Чей"]
    assert row[4:] == ["'=Шлюз", "10.0.0.1", piece["id"], ""]
    job = await previewed(service, "credentials", content)
    assert job["counts"] == {"create": 0, "update": 0, "skip": 1, "error": 0}


async def test_the_same_file_under_the_same_key_is_one_import_and_another_is_refused(
    service: Service,
) -> None:
    key, company = str(new_id()), await service.company(unique("ООО Дважды"))
    first, again = [
        await upload(service, "credentials", _file(company), Idempotency_Key=key) for _ in range(2)
    ]
    assert (first.status, again.body["id"]) == (201, first.body["id"])
    other = _file(company).replace(_SECRET, "иной")
    assert (await upload(service, "credentials", other, Idempotency_Key=key)).status == 409


async def test_whose_secrets_they_are_is_asked_as_ever(service: Service) -> None:
    mine, other = await service.company(unique("ООО Своё")), await service.company(unique("ООО Не своё"))
    hidden = {"company_id": other["id"], "label": "Роутер", "secret": "цел"}
    key = (await service.call("POST", "/credentials", hidden)).body["id"]
    limited = somebody("specialist", mine["id"])
    content = (
        f"id;Название;Компания;Пароль\n;Роутер;{other['name']};взлом\n{key};Роутер;;взлом\n"
        f"{new_id()};Роутер;;взлом\n;Роутер;{mine['name']};свой\n"
    )
    job = await previewed(service, "credentials", content, who=limited)
    rows = await rows_of(service, job, limited)
    assert [row["outcome"] for row in rows] == ["error", "error", "error", "create"]
    assert rows[1]["reason"] == rows[2]["reason"]
    await applied(service, job, who=limited)
    assert (await _reveal(service, key))["secret"] == "цел"


async def test_a_token_without_the_right_to_credentials_brings_none_in(service: Service) -> None:
    kind = "multipart/form-data; boundary=a7c1"
    for what, status in (("credentials", 403), ("people", 201)):
        body = multipart(("what", None, what.encode()), ("file", "a.csv", "ФИО\nА\n".encode()))
        path = "/import?without=credentials"
        assert (await service.call("POST", path, raw=body, who=ADMIN, Content_Type=kind)).status == status
