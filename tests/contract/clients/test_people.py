"""People over HTTP."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Service, somebody


async def test_a_specialist_adds_a_person_who_is_announced(service: Service) -> None:
    company = await service.company("ООО «Кадры»")
    entered = {
        "company_id": company["id"],
        "full_name": "Журавлёва Анна Олеговна",
        "position": "бухгалтер",
        "email": "Anna@Kadry.example",
        "phone": "8 (916) 010-20-30 доб. 15",
        "is_manager": True,
    }
    created = await service.call("POST", "/people", entered, who=SPECIALIST)
    assert created.status == 201
    assert {name: created.body[name] for name in entered} == entered
    assert created.body["company"] == {"id": company["id"], "name": "ООО «Кадры»"}
    (event,) = await service.events("people", created.body["id"])
    assert event["type"] == "helpdesk.person.saved.v1"
    own = {"id": created.body["id"], "version": 1, "archived": False, "merged_into": None}
    assert event["data"] == {**entered, **own}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ершова", True),
        ("Ершова Инна", True),
        ("инна ерш", True),
        ("мария", True),
        ("I.Ershova@Poisk.example", True),
        ("poisk.example", True),
        ("ershova", True),
        ("+7 (927) 010-33-44", True),
        ("8927", True),
        ("927010", True),
        ("0103344", True),
        ("3344", True),
        ("Ершова 3344", True),
        ("ершов петр", False),
        ("шова", False),
        ("[а-я]+", False),
        ("$where", False),
    ],
)
async def test_a_person_is_found_by_name_email_or_phone(
    service: Service, searched_person: str, query: str, found: bool
) -> None:
    answer = await service.call("GET", f"/people?q={quote(query)}", who=SPECIALIST)
    assert answer.status == 200
    assert (searched_person in [item["id"] for item in answer.body["items"]]) is found


@pytest.fixture(scope="module")
async def searched_person(service: Service) -> str:
    company = await service.company("ООО «Поиск»")
    person = await service.person(
        company,
        "Ёршова-Мария Инна Сергеевна",
        email="i.ershova@poisk.example",
        phone="+7 927 010-33-44",
    )
    return str(person["id"])


async def test_people_of_one_company_are_listed_by_name(service: Service) -> None:
    company = await service.company("ООО «Список»")
    for name in ("Яковлев Ян", "Ёлкин Лев", "Егоров Егор", "Жуков Жан"):
        await service.person(company, name)
    listed = await service.call("GET", f"/people?company={company['id']}")
    names = [item["full_name"] for item in listed.body["items"]]
    assert names == ["Егоров Егор", "Ёлкин Лев", "Жуков Жан", "Яковлев Ян"]
    assert listed.body["next"] is None


async def test_an_email_belongs_to_one_living_person_of_a_company(service: Service) -> None:
    company = await service.company("ООО «Один адрес»")
    other = await service.company("ООО «Другая»")
    first = await service.person(company, "Первый", email="box@adres.example")
    again = {"company_id": company["id"], "full_name": "Второй", "email": "BOX@adres.example"}
    refused = await service.call("POST", "/people", again)
    assert (refused.status, refused.fields) == (409, ["email"])
    await service.person(other, "Там можно", email="box@adres.example")
    await service.call("DELETE", f"/people/{first['id']}")
    assert (await service.call("POST", "/people", again)).status == 201
    back = await service.call("PATCH", f"/people/{first['id']}", {"archived": False})
    assert (back.status, back.fields) == (409, ["email"])


async def test_the_same_idempotency_key_makes_one_person(service: Service) -> None:
    company = await service.company("ООО «Повтор»")
    body = {"company_id": company["id"], "full_name": "Повторов", "email": "p@povtor.example"}
    key = str(uuid4())
    first = await service.call("POST", "/people", body, Idempotency_Key=key)
    again = await service.call("POST", "/people", body, Idempotency_Key=key)
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body


async def test_two_editors_of_a_person_do_not_overwrite_each_other(service: Service) -> None:
    person = await service.person(await service.company(), "Редкин")
    path = f"/people/{person['id']}"
    assert (await service.call("PATCH", path, {"phone": "112"}, If_Match='"1"')).status == 200
    late = await service.call("PATCH", path, {"phone": "113", "position": "сторож"}, If_Match='"1"')
    assert (late.status, sorted(late.fields)) == (409, ["phone", "position"])
    assert late.body["current"] == {"phone": "112", "position": ""}
    assert (await service.call("DELETE", path, If_Match='"1"')).status == 409


async def test_people_of_other_companies_leave_no_trace(service: Service) -> None:
    mine, other = await service.company("Люди Мои"), await service.company("Люди Чужие")
    limited = somebody("specialist", mine["id"])
    visible = await service.person(mine, "Невидимкин Мой")
    hidden = await service.person(other, "Невидимкин Чужой")
    listed = await service.call("GET", "/people?q=невидимкин", who=limited)
    assert [item["id"] for item in listed.body["items"]] == [visible["id"]]
    sideways = await service.call("GET", f"/people?company={other['id']}", who=limited)
    assert sideways.body == {"items": [], "next": None}
    for method, body in (("GET", None), ("PATCH", {"phone": "112"}), ("DELETE", None)):
        foreign = await service.call(method, f"/people/{hidden['id']}", body, who=limited)
        absent = await service.call(method, f"/people/{new_id()}", body, who=limited)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body


async def test_nobody_is_added_to_a_company_that_is_foreign_absent_or_archived(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    limited = somebody("specialist", mine["id"])
    body = {"full_name": "Лишний"}
    foreign = await service.call("POST", "/people", {**body, "company_id": other["id"]}, who=limited)
    absent = await service.call("POST", "/people", {**body, "company_id": str(new_id())}, who=limited)
    assert foreign.status == absent.status == 422
    assert foreign.body == absent.body
    await service.call("DELETE", f"/companies/{mine['id']}")
    archived = await service.call("POST", "/people", {**body, "company_id": mine["id"]}, who=limited)
    assert (archived.status, archived.fields) == (422, ["company_id"])
