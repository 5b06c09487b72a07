"""Equipment of one file that hangs on equipment of the same file, wherever in it that stands."""

from __future__ import annotations

from typing import Any

import pytest

from services.clients.domain.tables.connections import Link, loose_ends
from tests.contract.clients.service import Service
from tests.contract.clients.tables.files import applied, previewed, rows_of, unique

_HEAD = "Название;Компания;Вид;Подключено к\n"


def _lines(company: dict[str, Any], *pieces: tuple[str, str]) -> str:
    return _HEAD + "".join(f"{name};{company['name']};Коммутатор;{above}\n" for name, above in pieces)


async def _connections(service: Service, company: dict[str, Any]) -> dict[str, str | None]:
    listed = (await service.call("GET", f"/equipment?company={company['id']}&limit=200")).body["items"]
    return {one["name"]: one["connected"] and one["connected"]["name"] for one in listed}


async def test_what_the_file_itself_adds_can_be_hung_on(service: Service) -> None:
    company = await service.company(unique("ООО Кабели"))
    content = _lines(company, ("ПК", "свитч"), ("Свитч", "Шлюз"), ("Шлюз", ""), ("Принтер", "Свитч"))
    job = await previewed(service, "equipment", content)
    assert (job["counts"]["create"], job["counts"]["error"]) == (4, 0)
    await applied(service, job)
    assert await _connections(service, company) == {
        "ПК": "Свитч",
        "Свитч": "Шлюз",
        "Шлюз": None,
        "Принтер": "Свитч",
    }


async def test_more_pieces_than_are_written_at_once_find_each_other(service: Service) -> None:
    company = await service.company(unique("ООО Стойка"))
    leaves = [(f"ПК {n}", f"Свитч {n % 3}") for n in range(100)]
    content = _lines(company, *leaves, *((f"Свитч {n}", "Шлюз") for n in range(3)), ("Шлюз", ""))
    done = await applied(service, await previewed(service, "equipment", content))
    assert (done["counts"]["create"], done["counts"]["error"]) == (104, 0)
    connections = await _connections(service, company)
    assert connections == {**dict(leaves), **{f"Свитч {n}": "Шлюз" for n in range(3)}, "Шлюз": None}


async def test_a_piece_that_is_there_is_hung_on_a_new_one(service: Service) -> None:
    company = await service.company(unique("ООО Перевес"))
    body = {"company_id": company["id"], "kind": "workstation", "name": "ПК"}
    assert (await service.call("POST", "/equipment", body)).status == 201
    content = _HEAD + f"ПК;{company['name']};;Новый\nНовый;{company['name']};Коммутатор;\n"
    job = await previewed(service, "equipment", content)
    rows = await rows_of(service, job)
    assert rows[0]["changes"] == [
        {"field": "connected_to", "before": "", "after": "Новый", "is_secret": False}
    ]
    await applied(service, job)
    assert (await _connections(service, company))["ПК"] == "Новый"


async def test_circles_and_names_of_nothing_are_refused_before_anything_is_written(service: Service) -> None:
    company = await service.company(unique("ООО Петля"))
    content = _lines(company, ("А", "Б"), ("Б", "А"), ("В", "В"), ("Г", "Нет такого"), ("Д", "Г"), ("Е", ""))
    job = await previewed(service, "equipment", content)
    rows = await rows_of(service, job)
    assert [row["outcome"] for row in rows] == ["error"] * 5 + ["create"]
    assert [row["reason"] for row in rows[:5]] == [
        "connected_to: it would hang on itself",
        "connected_to: it would hang on itself",
        "connected_to: it would hang on itself",
        "connected_to: nothing is called нет такого at this company",
        "connected_to: nothing is called нет такого at this company",
    ]
    await applied(service, job)
    assert await _connections(service, company) == {"Е": None}


async def test_what_could_not_be_written_holds_back_what_hangs_on_it(service: Service) -> None:
    company = await service.company(unique("ООО Обрыв"))
    job = await previewed(service, "equipment", _lines(company, ("ПК", "Свитч"), ("Свитч", "")))
    body = {"company_id": company["id"], "kind": "switch", "name": "Свитч"}
    first = (await service.call("POST", "/equipment", body)).body
    await service.call("DELETE", f"/equipment/{first['id']}")
    second = (await service.call("POST", "/equipment", {**body, "serial": "1"})).body
    done = await applied(service, job)
    rows = await rows_of(service, done)
    assert rows[1]["reason"] == "somebody added it since the preview"
    assert rows[0]["outcome"] == "create", "what was added meanwhile is called so as well"
    assert (await _connections(service, company))["ПК"] == second["name"]


@pytest.mark.parametrize("length", [29, 31, 20_000])
def test_no_chain_is_endless(length: int) -> None:
    chain = [Link(n, f"c {n}", f"c {n + 1}") for n in range(length)]
    reasons = loose_ends([*chain, Link(length, f"c {length}", "")])
    assert bool(reasons) == (length > 30)


def test_two_of_one_name_are_not_guessed_between() -> None:
    links = [Link(2, "c а", "c б"), Link(3, "c б", ""), Link(4, "c б", "")]
    assert loose_ends(links) == {2: "connected_to: several pieces are called б at this company"}
