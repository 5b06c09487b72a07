"""Enrolling a device, and who is recognised."""

from __future__ import annotations

import asyncio
import hashlib
from uuid import uuid4

from tests.contract.clients.service import ADMIN, GATEWAY, SPECIALIST, Service, enrolment


async def test_a_newcomer_gets_a_confirmed_device_and_is_entered(service: Service) -> None:
    company = await service.company("ООО «Новички»")
    code = await service.code(company)
    said = enrolment(code, full_name="Новичков Пётр", email="petr@novichki.example", position="юрист")
    answer = await service.call("POST", "/devices", said, who=GATEWAY)
    assert answer.status == 201
    device = answer.body
    assert device["company"] == {"id": company["id"], "name": "ООО «Новички»"}
    assert device["person"]["full_name"] == "Новичков Пётр"
    assert (device["confirmed"], device["is_manager"], device["screenshots_allowed"]) == (True, False, True)
    assert device["version"] == 1
    person = (await service.call("GET", f"/people/{device['person']['id']}")).body
    assert (person["email"], person["position"]) == ("petr@novichki.example", "юрист")
    (saved,) = await service.events("people", person["id"])
    assert saved["type"] == "helpdesk.person.saved.v1"
    (enrolled,) = await service.events("devices", device["device_id"])
    assert enrolled["type"] == "helpdesk.device.enrolled.v1"
    assert enrolled["data"]["token_hash"] == device["token_hash"]


async def test_the_token_is_seen_once_and_kept_only_as_its_hash(service: Service) -> None:
    code = await service.code(await service.company())
    device = (await service.enrol(code, uuid4())).body
    assert len(device["token"]) >= 43, "256 bits"
    assert device["token_hash"] == hashlib.sha256(device["token"].encode()).hexdigest()
    kept = [str(document) async for document in service.database["devices"].find({})]
    assert not any(device["token"] in document for document in kept)
    listed = await service.call("GET", f"/devices/{device['device_id']}")
    assert "token" not in str(listed.body)


async def test_a_known_person_is_recognised_and_waits_for_confirmation(service: Service) -> None:
    company = await service.company("ООО «Знакомые»")
    known = await service.person(
        company, "Директорова Анна", email="Anna@znakomye.example", phone="112", is_manager=True
    )
    code = await service.code(company)
    impostor = await service.enrol(
        code, email=" ANNA@ZNAKOMYE.example ", full_name="Злоумышленников", phone="+7 900 000-66-66"
    )
    assert impostor.status == 201
    assert impostor.body["person"]["id"] == known["id"]
    assert (impostor.body["confirmed"], impostor.body["is_manager"]) == (False, False)
    (event,) = await service.events("devices", impostor.body["device_id"])
    assert (event["data"]["confirmed"], event["data"]["is_manager"]) == (False, False)
    untouched = (await service.call("GET", f"/people/{known['id']}")).body
    assert untouched == known
    waiting = await service.call("GET", f"/devices?confirmed=false&company={company['id']}", who=SPECIALIST)
    (device,) = waiting.body["items"]
    assert device["claimed"] == {"full_name": "Злоумышленников", "phone": "+7 900 000-66-66", "position": ""}


async def test_a_confirmed_device_is_announced_with_its_rights(service: Service) -> None:
    company = await service.company()
    known = await service.person(company, "Начальников", email="n@n.example", is_manager=True)
    enrolled = (await service.enrol(await service.code(company), email="n@n.example")).body
    path = f"/devices/{enrolled['device_id']}"
    answer = await service.call("PATCH", path, {"confirmed": True}, who=SPECIALIST, If_Match='"1"')
    assert (answer.status, answer.body["confirmed"], answer.headers["ETag"]) == (200, True, '"2"')
    events = await service.events("devices", enrolled["device_id"])
    assert [event["data"]["version"] for event in events] == [1, 2]
    assert [event["data"]["confirmed"] for event in events] == [False, True]
    assert [event["data"]["is_manager"] for event in events] == [False, True]
    assert events[1]["data"]["person"]["id"] == known["id"]


async def test_a_repeated_enrolment_gets_the_same_device_and_token(service: Service) -> None:
    company = await service.company()
    code = await service.code(company, max_uses=1)
    key, email = uuid4(), f"{uuid4().hex}@again.example"
    first = await service.enrol(code, key, email=email)
    again = await service.enrol(code, key, email=email)
    other = await service.enrol(code, key, email=f"other{email}")
    assert (first.status, again.status, other.status) == (201, 201, 409)
    assert again.body == first.body
    assert len(await service.events("devices", first.body["device_id"])) == 1


async def test_the_same_enrolment_many_times_at_once_is_one_device(service: Service) -> None:
    company = await service.company()
    code = await service.code(company)
    key, email = uuid4(), f"{uuid4().hex}@once.example"
    answers = await asyncio.gather(*(service.enrol(code, key, email=email) for _ in range(8)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["token"] for answer in answers}) == 1
    assert await service.database["devices"].count_documents({"company.name": company["name"]}) >= 1
    people = await service.call("GET", f"/people?company={company['id']}")
    assert len(people.body["items"]) == 1
    (listed,) = (await service.call("GET", f"/companies/{company['id']}/codes")).body["items"]
    assert listed["uses"] == 1


async def test_of_many_newcomers_with_one_email_only_the_first_is_not_asked_about(service: Service) -> None:
    company = await service.company()
    code = await service.code(company)
    email = f"{uuid4().hex}@race.example"
    answers = await asyncio.gather(*(service.enrol(code, email=email) for _ in range(6)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["person"]["id"] for answer in answers}) == 1
    assert sorted(answer.body["confirmed"] for answer in answers) == [False] * 5 + [True]


async def test_a_limited_code_is_not_outrun(service: Service) -> None:
    company = await service.company()
    code = await service.code(company, max_uses=3)
    answers = await asyncio.gather(*(service.enrol(code) for _ in range(8)))
    assert sorted(answer.status for answer in answers) == [201] * 3 + [403] * 5
    assert len((await service.call("GET", f"/people?company={company['id']}")).body["items"]) == 3


async def test_a_wrong_code_leaves_nothing_behind(service: Service) -> None:
    before = await service.database["people"].count_documents({})
    answer = await service.enrol("NO-SUCH-CODE")
    assert answer.status == 403
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert await service.database["people"].count_documents({}) == before


async def test_who_left_is_not_recognised_any_more(service: Service) -> None:
    company = await service.company()
    left = await service.person(company, "Ушедшев", email="left@left.example")
    await service.call("DELETE", f"/people/{left['id']}")
    enrolled = await service.enrol(await service.code(company), email="left@left.example")
    assert enrolled.body["person"]["id"] != left["id"]


async def test_only_the_gateway_enrols(service: Service) -> None:
    code = await service.code(await service.company())
    for who in (ADMIN, SPECIALIST, None):
        answer = await service.call("POST", "/devices", enrolment(code), who=who)
        assert answer.status == (401 if who is None else 403)
