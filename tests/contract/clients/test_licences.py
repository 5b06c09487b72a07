"""Licences over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Answer, Service, somebody


async def _add(service: Service, company: dict[str, Any], **fields: Any) -> Answer:
    body = {"company_id": company["id"], "product": "Офис Стандарт", **fields}
    return await service.call("POST", "/licences", body, who=SPECIALIST)


async def test_a_licence_is_kept_announced_and_read_again(service: Service) -> None:
    company = await service.company("ООО «Лицензии»")
    made = await _add(service, company, vendor="МойОфис", seats=10, valid_until="2020-05-31", notes="серая")
    assert made.status == 201
    assert made.headers["ETag"] == '"1"'
    assert (made.body["seats"], made.body["seats_used"], made.body["has_key"]) == (10, 0, False)
    assert made.body["valid_until"] == "2020-05-31"
    assert made.body["days_left"] < 0
    assert (await service.call("GET", f"/licences/{made.body['id']}")).body == made.body
    (event,) = await service.events("licences", made.body["id"])
    assert event["type"] == "helpdesk.licence.saved.v1"
    assert (event["data"]["version"], event["data"]["seats"]) == (1, 10)


async def test_people_of_the_company_use_it_as_far_as_seats_go(service: Service) -> None:
    company = await service.company()
    people = [await service.person(company, f"Пользователь {name}") for name in ("А", "Б", "В")]
    made = (await _add(service, company, seats=2, people=[people[0]["id"]])).body
    assert made["people"] == [{"id": people[0]["id"], "full_name": "Пользователь А"}]
    path = f"/licences/{made['id']}"
    both = [people[0]["id"], people[1]["id"], people[1]["id"]]
    changed = await service.call("PATCH", path, {"people": both}, who=SPECIALIST, If_Match='"1"')
    assert (changed.status, changed.body["seats_used"]) == (200, 2)
    over = await service.call("PATCH", path, {"people": [person["id"] for person in people]})
    assert (over.status, over.fields) == (422, ["people"])
    assert over.body["detail"] == "3 would use it, and there are 2 seats"
    fewer = await service.call("PATCH", path, {"seats": 1})
    assert (fewer.status, fewer.fields) == (422, ["seats"])
    listed = await service.call("GET", f"/licences?person={people[1]['id']}")
    assert [item["id"] for item in listed.body["items"]] == [made["id"]]
    assert "people" not in listed.body["items"][0]


async def test_nobody_of_another_company_uses_it(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    foreign, gone = await service.person(other, "Чужой"), await service.person(mine, "Ушедший")
    await service.call("DELETE", f"/people/{gone['id']}")
    for user in (foreign["id"], gone["id"], str(new_id())):
        answer = await _add(service, mine, people=[user])
        assert (answer.status, answer.fields) == (422, ["people"])
        assert answer.body["detail"] == "somebody named is not at this company"


async def test_nothing_of_another_company_uses_it(service: Service) -> None:
    answer = await _add(service, await service.company(), equipment=[str(new_id())])
    assert (answer.status, answer.fields) == (422, ["equipment"])


async def test_who_left_stays_until_the_seat_is_given_to_another(service: Service) -> None:
    company = await service.company()
    person = await service.person(company, "Уходящий")
    made = (await _add(service, company, people=[person["id"]])).body
    await service.call("DELETE", f"/people/{person['id']}")
    kept = await service.call("PATCH", f"/licences/{made['id']}", {"people": [person["id"]], "notes": "да"})
    assert (kept.status, kept.body["seats_used"]) == (200, 1)


async def test_two_at_once_do_not_take_the_last_seat_twice(service: Service) -> None:
    company = await service.company()
    first, second = [await service.person(company, name) for name in ("Первый", "Второй")]
    made = (await _add(service, company, seats=1)).body
    answers = await asyncio.gather(
        *(
            service.call("PATCH", f"/licences/{made['id']}", {"people": [one["id"]]}, If_Match='"1"')
            for one in (first, second)
        )
    )
    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_licences_are_found_by_the_beginnings_of_words(service: Service) -> None:
    company = await service.company()
    made = (await _add(service, company, product="Антивирус Щит", vendor="Лаборатория")).body
    for words in ("щит", "антив лаборат"):
        found = await service.call("GET", f"/licences?q={words}&company={company['id']}")
        assert [item["id"] for item in found.body["items"]] == [made["id"]]
    assert (await service.call("GET", "/licences?q=щитт")).body["items"] == []


async def test_pages_go_on_where_they_ended(service: Service) -> None:
    company = await service.company()
    for place in range(5):
        await _add(service, company, product=f"Продукт {place}")
    seen, cursor = [], ""
    while cursor is not None:
        path = f"/licences?company={company['id']}&limit=2&cursor={cursor}"
        page = (await service.call("GET", path)).body
        seen += [item["product"] for item in page["items"]]
        cursor = page["next"]
    assert seen == [f"Продукт {place}" for place in range(5)]


async def test_the_same_key_adds_one_licence(service: Service) -> None:
    company = await service.company()
    body = {"company_id": company["id"], "product": "Один раз"}
    key = str(new_id())
    first = await service.call("POST", "/licences", body, Idempotency_Key=key)
    again = await service.call("POST", "/licences", body, Idempotency_Key=key)
    assert first.body == again.body
    other = await service.call("POST", "/licences", {**body, "seats": 1}, Idempotency_Key=key)
    assert other.status == 409


async def test_an_archived_licence_is_out_of_the_list(service: Service) -> None:
    company = await service.company()
    made = (await _add(service, company)).body
    assert (await service.call("DELETE", f"/licences/{made['id']}", If_Match='"1"')).status == 204
    assert (await service.call("GET", f"/licences?company={company['id']}")).body["items"] == []
    listed = await service.call("GET", f"/licences?company={company['id']}&archived=true")
    assert [item["version"] for item in listed.body["items"]] == [2]


async def test_licences_of_other_companies_leave_no_trace(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    hidden = (await _add(service, other, product="Скрытая")).body
    limited = somebody("specialist", mine["id"])
    assert (await service.call("GET", "/licences?q=скрытая", who=limited)).body["items"] == []
    for method, body in (("GET", None), ("PATCH", {"seats": 5}), ("DELETE", None)):
        foreign = await service.call(method, f"/licences/{hidden['id']}", body, who=limited)
        absent = await service.call(method, f"/licences/{new_id()}", body, who=limited)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seats", 0),
        ("seats", -1),
        ("seats", 10**18),
        ("seats", "5"),
        ("seats", 1.0),
        ("valid_until", "31.12.2026"),
        ("valid_until", 1),
        ("valid_until", {"$lt": "3"}),
        ("people", ["x"]),
        ("people", {"$in": []}),
        ("people", None),
        ("people", ["018f0000-0000-7000-8000-000000000000"] * 501),
        ("equipment", "018f0000-0000-7000-8000-000000000000"),
        ("product", ""),
        ("product", ["a"]),
        ("product", "x" * 201),
        ("vendor", {"$regex": ".*"}),
        ("seats_used", 0),
        ("has_key", True),
        ("a.b", 1),
    ],
)
async def test_what_is_no_licence_is_refused(service: Service, field: str, value: Any) -> None:
    company = await service.company()
    made = (await _add(service, company)).body
    assert (await _add(service, company, **{field: value})).status == 422
    path = f"/licences/{made['id']}"
    assert (await service.call("PATCH", path, {field: value})).status == 422
    assert (await service.call("GET", path)).body == made
