"""Somebody who was entered twice becomes one, with all that was the one's."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Answer, Service, somebody


async def _merge(service: Service, source: Any, target: Any, **options: Any) -> Answer:
    body = {"into": target["id"]}
    return await service.call("POST", f"/people/{source['id']}/merge", body, who=SPECIALIST, **options)


async def _person(service: Service, person: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await service.call("GET", f"/people/{person['id']}")).body
    return found


async def test_all_that_was_the_ones_is_the_others(service: Service) -> None:
    company = await service.company()
    target = await service.person(company, "Петров Пётр Петрович", phone="112")
    other = await service.person(company, "Сосед")
    enrolled = (await service.enrol(await service.code(company), full_name="Петров П.")).body
    source = await _person(service, enrolled["person"])
    made = {"company_id": company["id"], "people": [source["id"], other["id"], target["id"]]}
    licence = (await service.call("POST", "/licences", {**made, "product": "Офис", "seats": 3})).body
    body = {"company_id": company["id"], "kind": "workstation", "name": "ПК", "person_id": source["id"]}
    piece = (await service.call("POST", "/equipment", body)).body
    access = {"company_id": company["id"], "label": "Почта", "secret": "тайна", "person_id": source["id"]}
    credential = (await service.call("POST", "/credentials", access)).body
    merged = await _merge(service, source, target, If_Match='"1"')
    assert (merged.status, merged.body["id"], merged.headers["ETag"]) == (200, target["id"], '"2"')
    assert (merged.body["email"], merged.body["phone"]) == (source["email"], "112")
    gone = await _person(service, source)
    assert (gone["archived"], gone["merged_into"]) == (True, target["id"])
    licence = (await service.call("GET", f"/licences/{licence['id']}")).body
    assert [one["id"] for one in licence["people"]] == [target["id"], other["id"]]
    piece = (await service.call("GET", f"/equipment/{piece['id']}")).body
    assert piece["person"] == {"id": target["id"], "full_name": "Петров Пётр Петрович"}
    credential = (await service.call("GET", f"/credentials/{credential['id']}")).body
    assert (credential["person_id"], credential["has_secret"]) == (target["id"], True)
    device = (await service.call("GET", f"/devices/{enrolled['device_id']}")).body
    assert (device["person"]["id"], device["suspended"], device["revoked"]) == (target["id"], False, False)
    enrolment = await service.enrol(await service.code(company), email=source["email"])
    assert enrolment.body["person"]["id"] == target["id"]


async def test_all_of_it_is_announced_and_in_the_histories(service: Service) -> None:
    company = await service.company()
    target = await service.person(company, "Кто")
    enrolled = (await service.enrol(await service.code(company))).body
    source = enrolled["person"]
    assert (await _merge(service, source, target)).status == 200
    saved, merged = (await service.events("people", source["id"]))[1:]
    assert (saved["type"], saved["data"]["archived"]) == ("helpdesk.person.saved.v1", True)
    assert merged["type"] == "helpdesk.person.merged.v1"
    assert merged["data"] == {
        "id": source["id"],
        "version": 2,
        "company_id": company["id"],
        "into": {"id": target["id"], "full_name": "Кто"},
    }
    device = (await service.events("devices", enrolled["device_id"]))[-1]
    assert device["type"] == "helpdesk.device.enrolled.v1"
    assert (device["data"]["person"]["id"], device["data"]["revoked"]) == (target["id"], False)
    for path in (f"/people/{source['id']}", f"/people/{target['id']}", f"/devices/{enrolled['device_id']}"):
        entry = (await service.call("GET", f"{path}/history")).body["items"][0]
        assert entry["by"]["id"] == str(SPECIALIST.id)


async def test_it_happens_once_however_often_it_is_asked_for(service: Service) -> None:
    company = await service.company()
    source, target = [await service.person(company, name) for name in ("Один", "Другой")]
    answers = await asyncio.gather(*(_merge(service, source, target) for _ in range(4)))
    assert {answer.status for answer in answers} == {200}
    assert len(await service.events("people", source["id"])) == 3
    assert (await _person(service, source))["version"] == 2


async def test_nobody_is_merged_into_somebody_who_is_not_there(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    source, gone = await service.person(mine, "Здесь"), await service.person(mine, "Ушёл")
    foreign = await service.person(other, "Чужой")
    await service.call("DELETE", f"/people/{gone['id']}")
    for target in (source, gone, foreign, {"id": str(new_id())}):
        answer = await _merge(service, source, target)
        assert (answer.status, answer.fields) == (422, ["into"])
    assert (await _person(service, source))["version"] == 1


async def test_there_are_no_chains(service: Service) -> None:
    company = await service.company()
    first, second, third = [await service.person(company, name) for name in ("Раз", "Два", "Три")]
    assert (await _merge(service, first, second)).status == 200
    assert (await _merge(service, first, third)).fields == ["into"]
    assert (await _merge(service, third, first)).fields == ["into"]
    assert (await _merge(service, second, third)).status == 200
    for person in (first, second):
        assert (await _person(service, person))["merged_into"] == third["id"]
    last = (await service.events("people", first["id"]))[-1]
    assert (last["type"], last["data"]["into"]["id"]) == ("helpdesk.person.merged.v1", third["id"])


async def test_two_merges_at_once_make_no_chain_and_no_circle(service: Service) -> None:
    company = await service.company()
    for _ in range(5):
        people = [await service.person(company, f"Круг {number}") for number in range(3)]
        pairs = [(people[0], people[1]), (people[1], people[2]), (people[2], people[0])]
        await asyncio.gather(*(_merge(service, one, other) for one, other in pairs))
        stand = {person["id"]: await _person(service, person) for person in people}
        for person in stand.values():
            if person["merged_into"]:
                assert stand[person["merged_into"]]["merged_into"] is None
                assert not stand[person["merged_into"]]["archived"]


async def test_who_was_merged_does_not_come_back(service: Service) -> None:
    company = await service.company()
    source, target = [await service.person(company, name) for name in ("Был", "Есть")]
    await _merge(service, source, target)
    answer = await service.call("PATCH", f"/people/{source['id']}", {"archived": False})
    assert (answer.status, answer.fields) == (422, ["archived"])


async def test_who_changed_meanwhile_is_looked_at_again_first(service: Service) -> None:
    company = await service.company()
    source, target = [await service.person(company, name) for name in ("Меняется", "Стоит")]
    await service.call("PATCH", f"/people/{source['id']}", {"phone": "112"})
    assert (await _merge(service, source, target, If_Match='"1"')).status == 409
    assert (await _merge(service, source, target, If_Match='"2"')).status == 200


async def test_people_of_other_companies_leave_no_trace(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    visible, hidden = await service.person(mine, "Мой"), await service.person(other, "Не мой")
    who = somebody("specialist", mine["id"])
    for source in (hidden["id"], str(new_id())):
        answer = await service.call("POST", f"/people/{source}/merge", {"into": visible["id"]}, who=who)
        assert answer.status == 404
    said = []
    for into in (hidden["id"], str(new_id())):
        answer = await service.call("POST", f"/people/{visible['id']}/merge", {"into": into}, who=who)
        said.append((answer.status, answer.body))
    assert said[0] == said[1]
    assert said[0][0] == 422


@pytest.mark.parametrize(
    "body", [{}, {"into": None}, {"into": "x"}, {"into": {"$ne": 1}}, {"into": [], "a": 1}, [], None]
)
async def test_a_body_that_names_nobody_is_refused(service: Service, body: Any) -> None:
    person = await service.person(await service.company(), "Имя")
    assert (await service.call("POST", f"/people/{person['id']}/merge", body)).status == 422


async def test_who_is_named_at_the_very_moment_of_a_merge_is_the_other_one(service: Service) -> None:
    """Written before the merge looks, between, or after: nothing names the source when all is done."""
    company = await service.company()
    for attempt in range(6):
        source = await service.person(company, f"Дважды {attempt}", email=f"a{attempt}@merge.example")
        target = await service.person(company, f"Дважды {attempt}", email=f"b{attempt}@merge.example")
        whose = {"company_id": company["id"]}
        licence = (await service.call("POST", "/licences", {**whose, "product": "Офис"})).body
        piece = {**whose, "kind": "workstation", "name": f"ПК {attempt}"}
        old = (await service.call("POST", "/equipment", piece)).body
        new = {**piece, "person_id": source["id"]}
        secret = {**whose, "label": f"Почта {attempt}", "secret": "тайна", "person_id": source["id"]}
        named = [
            service.call("PATCH", f"/licences/{licence['id']}", {"people": [source["id"]]}),
            service.call("POST", "/licences", {**whose, "product": "САПР", "people": [source["id"]]}),
            service.call("PATCH", f"/equipment/{old['id']}", {"person_id": source["id"]}),
            service.call("POST", "/equipment", new),
            service.call("POST", "/credentials", secret),
        ]
        merge = service.call("POST", f"/people/{source['id']}/merge", {"into": target["id"]})
        answers = await asyncio.gather(*named[:attempt], merge, *named[attempt:])
        assert {answer.status for answer in answers} <= {200, 201, 422}
        for path in ("licences", "equipment", "credentials"):
            kept = service.database[path]
            assert not await kept.find_one(
                {"$or": [{"person_id": UUID(source["id"])}, {"people": UUID(source["id"])}]}
            )


async def test_what_is_made_twice_at_once_and_names_somebody_is_made_once(service: Service) -> None:
    company = await service.company()
    person = await service.person(company, "Пользователь")
    body = {"company_id": company["id"], "product": "Офис", "people": [person["id"]]}
    key = str(new_id())
    made = await asyncio.gather(
        *(service.call("POST", "/licences", body, Idempotency_Key=key) for _ in range(5))
    )
    assert {answer.status for answer in made} == {201}
    assert len({answer.body["id"] for answer in made}) == 1
