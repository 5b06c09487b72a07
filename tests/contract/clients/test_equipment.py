"""Equipment over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Answer, Service, somebody
from tests.contract.clients.tables.files import applied, previewed, rows_of, unique


async def _add(service: Service, company: dict[str, Any], name: str = "Сервер", **fields: Any) -> Answer:
    body = {"company_id": company["id"], "kind": "server", "name": name, **fields}
    return await service.call("POST", "/equipment", body, who=SPECIALIST)


async def test_a_piece_is_kept_announced_and_read_again(service: Service) -> None:
    company = await service.company("ООО «Железо»")
    person = await service.person(company, "Хранитель")
    gateway = (await _add(service, company, "Роутер", kind="router")).body
    made = await _add(
        service,
        company,
        serial="SN-1",
        mac="02-AB-CD-00-11-22",
        addresses=["10.0.0.5", "FE80:0::5", "10.0.0.5"],
        person_id=person["id"],
        connected_to=gateway["id"],
        warranty_until="2020-01-31",
    )
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    assert (made.body["mac"], made.body["addresses"]) == ("02:ab:cd:00:11:22", ["10.0.0.5", "fe80::5"])
    assert made.body["person"] == {"id": person["id"], "full_name": "Хранитель"}
    assert made.body["connected"] == {"id": gateway["id"], "name": "Роутер"}
    assert made.body["days_left"] < 0
    assert (await service.call("GET", f"/equipment/{made.body['id']}")).body == made.body
    (event,) = await service.events("equipment", made.body["id"])
    assert (event["type"], event["data"]["name"]) == ("helpdesk.equipment.saved.v1", "Сервер")


async def test_a_company_has_the_places_where_its_pieces_stand(service: Service) -> None:
    company = await service.company()
    person = await service.person(company, "Хозяин кабинета")
    for name, kind in (("ПК", "workstation"), ("Телефон", "phone"), ("Второй телефон", "phone")):
        await _add(service, company, name, kind=kind, place="Кабинет 12", person_id=person["id"])
    await _add(service, company, place="Серверная")
    await _add(service, company, "Нигде")
    assert (await service.call("GET", f"/companies/{company['id']}/places")).body["items"] == [
        {"name": "Кабинет 12", "kinds": {"phone": 2, "workstation": 1}, "people": 1},
        {"name": "Серверная", "kinds": {"server": 1}, "people": 0},
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=printer", ["Принтер"]),
        ("q=10.9.8.7", ["Сервер"]),
        ("q=srv", ["Сервер"]),
        ("q=sn-77", ["Принтер"]),
        ("q=никто", []),
        ("archived=true", []),
    ],
)
async def test_pieces_are_found(service: Service, query: str, names: list[str]) -> None:
    company = await service.company()
    await _add(service, company, hostname="srv-1c", addresses=["10.9.8.7"])
    await _add(service, company, "Принтер", kind="printer", serial="SN-77")
    found = await service.call("GET", f"/equipment?company={company['id']}&{query}")
    assert [item["name"] for item in found.body["items"]] == names


async def test_what_a_person_uses_and_what_hangs_on_a_piece(service: Service) -> None:
    company = await service.company()
    person = await service.person(company, "Пользователь")
    above = (await _add(service, company, "Коммутатор")).body
    await _add(service, company, "ПК", person_id=person["id"], connected_to=above["id"])
    for query in (f"person={person['id']}", f"connected_to={above['id']}"):
        items = (await service.call("GET", f"/equipment?{query}")).body["items"]
        assert [item["name"] for item in items] == ["ПК"]


async def test_nobody_and_nothing_of_another_company_belongs_to_it(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    foreign, piece = await service.person(other, "Чужой"), (await _add(service, other)).body
    gone = (await _add(service, mine, "Списанный")).body
    await service.call("DELETE", f"/equipment/{gone['id']}")
    for key in (foreign["id"], str(new_id())):
        assert (await _add(service, mine, person_id=key)).fields == ["person_id"]
    for key in (piece["id"], gone["id"], str(new_id())):
        assert (await _add(service, mine, connected_to=key)).fields == ["connected_to"]


async def test_nothing_hangs_on_itself(service: Service) -> None:
    company = await service.company()
    first = (await _add(service, company)).body
    second = (await _add(service, company, connected_to=first["id"])).body
    third = (await _add(service, company, connected_to=second["id"])).body
    for above in (first, second, third):
        answer = await service.call("PATCH", f"/equipment/{first['id']}", {"connected_to": above["id"]})
        assert (answer.status, answer.body["detail"]) == (422, "it would hang on itself")


async def test_however_many_are_connected_at_once_none_hangs_on_itself(service: Service) -> None:
    company = await service.company()
    for _ in range(6):
        pieces = [(await _add(service, company, f"Кольцо {number}")).body["id"] for number in range(4)]
        ring = zip(pieces, [*pieces[1:], pieces[0]], strict=True)
        answers = await asyncio.gather(
            *(service.call("PATCH", f"/equipment/{one}", {"connected_to": other}) for one, other in ring)
        )
        assert sorted(answer.status for answer in answers) == [200, 200, 200, 422]


async def test_the_second_of_two_changes_is_told_what_stands(service: Service) -> None:
    piece = (await _add(service, await service.company())).body
    path = f"/equipment/{piece['id']}"
    assert (await service.call("PATCH", path, {"place": "A"}, If_Match='"1"')).status == 200
    late = await service.call("PATCH", path, {"place": "B"}, If_Match='"1"')
    assert (late.status, late.body["current"]) == (409, {"place": "A"})


async def test_a_company_that_is_not_yours_is_not_there(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    piece, who = (await _add(service, other)).body, somebody("specialist", mine["id"])
    for method, path in (
        ("GET", piece["id"]),
        ("PATCH", piece["id"]),
        ("DELETE", piece["id"]),
        ("GET", new_id()),
    ):
        body = {"name": "x"} if method == "PATCH" else None
        assert (await service.call(method, f"/equipment/{path}", body, who=who)).status == 404
    assert (await service.call("GET", f"/equipment?company={other['id']}", who=who)).body["items"] == []
    seen = {"company_id": other["id"], "hostname": "x"}
    assert (await service.call("POST", "/equipment/recognise", seen, who=who)).status == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "toaster"},
        {"kind": {"$ne": ""}},
        {"addresses": ["x"]},
        {"addresses": "10.0.0.1"},
        {"addresses": ["10.0.0.1"] * 33},
        {"mac": "zz"},
        {"name": ""},
        {"name": "x" * 201},
        {"serial": {"$gt": ""}},
        {"warranty_until": "0000-01-01"},
        {"person_id": "x"},
        {"archived": True},
        {"version": 5},
        {"$where": "1"},
    ],
)
async def test_a_body_that_is_not_right_is_refused(service: Service, fields: dict[str, Any]) -> None:
    answer = await _add(service, await service.company(), **fields)
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")


async def test_a_snapshot_finds_its_piece_and_says_what_one_click_would_change(service: Service) -> None:
    company = await service.company()
    piece = (await _add(service, company, "ПК", kind="workstation", hostname="pc-7")).body
    seen = {
        "company_id": company["id"],
        "hostname": "PC-7",
        "addresses": ["10.0.0.9", "fe80::1", "127.0.0.1", "?"],
    }
    found = (await service.call("POST", "/equipment/recognise", seen)).body
    assert (found["piece"]["id"], found["new"]) == (piece["id"], None)
    assert found["changes"] == [{"field": "addresses", "before": "", "after": "10.0.0.9"}]
    changed = await service.call("PATCH", f"/equipment/{piece['id']}", found["patch"])
    assert changed.body["addresses"] == ["10.0.0.9"]
    assert (await service.call("POST", "/equipment/recognise", seen)).body["patch"] is None


async def test_an_unknown_computer_is_proposed_and_added_as_it_is(service: Service) -> None:
    company = await service.company()
    seen = {"company_id": company["id"], "hostname": "new-pc", "addresses": ["10.0.0.9"], "os": "Windows 11"}
    found = (await service.call("POST", "/equipment/recognise", seen)).body
    assert (found["piece"], found["new"]["kind"]) == (None, "workstation")
    assert (await service.call("POST", "/equipment", found["new"])).status == 201
    assert (await service.call("POST", "/equipment/recognise", seen)).body["piece"]["name"] == "new-pc"
    nothing = {"company_id": company["id"], "addresses": ["10.0.0.9"]}
    assert (await service.call("POST", "/equipment/recognise", nothing)).body["new"] is None


async def test_licences_name_the_pieces_that_use_them(service: Service) -> None:
    company, other = await service.company(), await service.company()
    piece, foreign = (await _add(service, company)).body, (await _add(service, other)).body
    body = {"company_id": company["id"], "product": "Windows Server", "seats": 1}
    refused = await service.call("POST", "/licences", {**body, "equipment": [foreign["id"]]})
    assert (refused.status, refused.fields) == (422, ["equipment"])
    made = await service.call("POST", "/licences", {**body, "equipment": [piece["id"]]})
    assert made.body["equipment"] == [{"id": piece["id"], "name": "Сервер"}]


async def test_a_warranty_comes_to_its_end_in_the_list_of_terms(service: Service) -> None:
    company = await service.company()
    await _add(service, company, warranty_until="2026-01-10")
    found = await service.call("GET", f"/terms?company={company['id']}&ended=3650")
    assert [(one["kind"], one["name"]) for one in found.body["items"]] == [("warranty", "Сервер")]


async def test_a_table_of_equipment_names_people_and_other_pieces(service: Service) -> None:
    name = unique("ООО Склад")
    company = await service.company(name)
    person = await service.person(company, "Кладовщик", email="k@sklad.example")
    switch = (await _add(service, company, "Свитч", kind="switch")).body
    content = (
        "Название;Вид;Компания;IP;Кто пользуется;Подключено к;Гарантия;S/N\n"
        f"ПК-1;ноутбук;{name};10.0.0.1, 10.0.0.2;k@sklad.example;Свитч;31.12.2026;A1\n"
        f"ПК-2;чайник;{name};;;;;\n"
        f"ПК-3;ПК;{name};10.0.0;;;;\n"
        f"ПК-4;ПК;{name};;;Нет такого;;\n"
    )
    job = await previewed(service, "equipment", content)
    rows = await rows_of(service, job)
    assert [row["outcome"] for row in rows] == ["create", "error", "error", "error"]
    assert [row["reason"].partition(":")[0] for row in rows[1:]] == ["kind", "addresses.0", "connected_to"]
    done = await applied(service, job)
    piece = (await service.call("GET", f"/equipment/{(await rows_of(service, done))[0]['id']}")).body
    assert (piece["kind"], piece["addresses"]) == ("workstation", ["10.0.0.1", "10.0.0.2"])
    assert (piece["person_id"], piece["connected_to"]) == (person["id"], switch["id"])
    moved = content.replace("ПК-1", "ПК бухгалтера").splitlines()
    again = await previewed(service, "equipment", "\n".join(moved[:2]))
    assert (await rows_of(service, again))[0]["changes"][0]["field"] == "name"
