"""Searching all of the clients at once, as one types; and the lists' own search, as forgiving."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from services.clients.store import Registry
from services.clients.use_cases.understand import readings
from tests.contract.clients.service import SPECIALIST, Service, somebody


class Client(NamedTuple):
    company: dict[str, Any]
    person: dict[str, Any]
    piece: dict[str, Any]
    credential: dict[str, Any]


@pytest.fixture(scope="module")
async def client(service: Service) -> Client:
    company = await service.company("ООО «Златоцвет»", short_name="Златик", tax_id="7799887766")
    person = await service.person(
        company, "Крутояров Вениамин Ильич", phone="+7 916 555-44-33", email="v.krutoyarov@zlato.example"
    )
    body = {
        "company_id": company["id"],
        "kind": "printer",
        "name": "Плоттер цеховой",
        "hostname": "plt-zlato-01",
        "serial": "ZLT00451",
        "addresses": ["10.77.11.1"],
        "mac": "02:aa:bb:cc:dd:01",
        "place": "Подвал",
    }
    piece = (await service.call("POST", "/equipment", body)).body
    said = {"company_id": company["id"], "label": "Роутер златоцветный", "address": "https://10.77.11.254"}
    secrets = {"login": "златологин", "secret": "златосекрет", "notes": "златозаметка"}
    credential = (await service.call("POST", "/credentials", {**said, **secrets})).body
    return Client(company, person, piece, credential)


async def _found(service: Service, typed: str, **who: Any) -> dict[str, list[str]]:
    answer = await service.call("GET", f"/search?q={typed.replace('+', '%2B')}", **who)
    assert answer.status == 200, answer.body
    kinds = ("companies", "people", "equipment", "credentials")
    return {kind: [one["id"] for one in answer.body[kind]] for kind in kinds}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (
            "companies",
            ["злат", "златик", "7799", "7799887766", "зоатоцвет", "златоцвте", "pkfnjwdtn", "зллатоц"],
        ),
        (
            "people",
            ["крутоя", "вениамин крут", "+7 916 555", "89165554433", "4433", "v.krut", "zlato.example"],
        ),
        ("people", ["круотяров", "крутоярв", "rhenjzhjd", "вениамим", "rhenjzhjd dtybfvby", "мениамин"]),
        ("equipment", ["plt-zl", "zlt00451", "10.77.11", "10.77.11.1", "02:aa:bb:cc:dd:01", "02aabbcc"]),
        ("credentials", ["роутер злат", "10.77.11.254", "роуетр златоцветный", "hjenth pkfnjwd"]),
        ("equipment", ["плоттер подвал", "плотер цех", "gkjnnth", "зде-ядфещ-01", "плоттре подвал"]),
    ],
)
async def test_each_is_found_by_what_people_type(
    service: Service, client: Client, kind: str, typed: list[str]
) -> None:
    meant = {
        "companies": client.company,
        "people": client.person,
        "equipment": client.piece,
        "credentials": client.credential,
    }[kind]["id"]
    for text in typed:
        assert meant in (await _found(service, text))[kind], text


async def test_it_says_what_it_understood_where_that_is_not_what_was_typed(
    service: Service, client: Client
) -> None:
    for typed, understood in (("златоцвет", None), ("pkfnjwdtn", "златоцвет"), ("зоатоцвет", "златоцвет")):
        answer = await service.call("GET", f"/search?q={typed}", who=SPECIALIST)
        assert answer.body["understood"] == understood
        assert answer.body["companies"] == [
            {
                "id": client.company["id"],
                "name": "ООО «Златоцвет»",
                "short_name": "Златик",
                "tax_id": "7799887766",
            }
        ]


async def test_what_is_found_says_whose_it_is(service: Service, client: Client) -> None:
    company = {"id": client.company["id"], "name": "ООО «Златоцвет»"}
    (person,) = (await service.call("GET", "/search?q=крутояров")).body["people"]
    assert (person["full_name"], person["company"]) == ("Крутояров Вениамин Ильич", company)
    (piece,) = (await service.call("GET", "/search?q=zlt00451")).body["equipment"]
    assert (piece["addresses"], piece["kind"], piece["company"]) == (["10.77.11.1"], "printer", company)


async def test_a_credential_is_found_by_where_it_leads_and_never_by_what_it_is(
    service: Service, client: Client
) -> None:
    (found,) = (await service.call("GET", "/search?q=10.77.11.254")).body["credentials"]
    assert set(found) == {"id", "company", "label", "address"}
    for secret in ("златологин", "златосекрет", "златозаметка"):
        assert (await _found(service, secret))["credentials"] == []


async def test_what_was_archived_or_never_was_is_not_found(service: Service, client: Client) -> None:
    gone = await service.person(client.company, "Уволенцев Иван")
    await service.call("DELETE", f"/people/{gone['id']}")
    nothing: dict[str, list[str]] = {"companies": [], "people": [], "equipment": [], "credentials": []}
    for typed in ("уволенцев", "щшщшщшщш", "", "   ", "🦊🦊🦊🦊", "10.77.11.1 никогда"):
        assert await _found(service, typed) == nothing


async def test_a_limited_specialist_finds_only_ones_own_however_forgiving_the_search(
    service: Service, client: Client
) -> None:
    mine = await service.company("ООО «Своя»")
    who = somebody("specialist", mine["id"])
    nothing: dict[str, list[str]] = {"companies": [], "people": [], "equipment": [], "credentials": []}
    for typed in ("златоцвет", "pkfnjwdtn", "зоатоцвет", "крутояров", "4433", "10.77.11.1", "zlt"):
        answer = await service.call("GET", f"/search?q={typed}", who=who)
        assert {kind: answer.body[kind] for kind in nothing} == nothing
        assert answer.body["understood"] is None
    both = somebody("specialist", mine["id"], client.company["id"])
    assert (await _found(service, "златоцвет", who=both))["companies"] == [client.company["id"]]


async def test_no_more_of_each_than_was_asked_for(service: Service, client: Client) -> None:
    for number in range(4):
        await service.person(client.company, f"Многократнов {number}")
    answer = await service.call("GET", "/search?q=многократнов&limit=3")
    assert [one["full_name"] for one in answer.body["people"]] == [f"Многократнов {n}" for n in range(3)]


async def test_the_lists_forgive_too_and_their_pages_go_on(service: Service, client: Client) -> None:
    for path, typed, meant in (
        ("/companies", "pkfnjwdtn", client.company),
        ("/people", "круотяров", client.person),
        ("/equipment", "плотер", client.piece),
    ):
        found = await service.call("GET", f"{path}?q={typed}")
        assert meant["id"] in [one["id"] for one in found.body["items"]]
    for number in range(3):
        await service.person(client.company, f"Перелистов {number}")
    seen, cursor = [], ""
    while cursor is not None:
        page = (await service.call("GET", f"/people?q=ghtkbcnjd&limit=1&cursor={cursor}")).body
        seen += [one["full_name"] for one in page["items"]]
        cursor = page["next"]
    assert [name for name in seen if "Перелистов" in name] == [f"Перелистов {n}" for n in range(3)]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=51", "limit=x", f"q={'x' * 201}", "company=1", "q[$ne]=", "q[$regex]=.*", "cursor=x"],
)
async def test_what_is_not_offered_is_refused(service: Service, query: str) -> None:
    assert (await service.call("GET", f"/search?{query}")).status == 422


@pytest.mark.parametrize(
    "typed", [".*", "(a+)+$", "$where", "^", "\\", "%00", "ф" * 200, "а а а а а а а а а а а"]
)
async def test_no_text_is_an_operator_or_an_error(service: Service, typed: str) -> None:
    await _found(service, typed)


async def test_what_is_found_as_typed_costs_no_guessing(registry: Registry) -> None:
    first = await anext(readings(registry.words, "иванов пётр"))
    assert first == ("иванов", "петр")


async def test_a_reading_comes_once(registry: Registry) -> None:
    await registry.words.learn(["иванов", "петрова", "щит"])
    read = [reading async for reading in readings(registry.words, "ивнаов gtnhj 10.1")]
    assert len(read) == len(set(read))
    assert (("иванов",), ("петрова",), "10.1") in read
