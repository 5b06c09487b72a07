"""Devices: revoked, suspended, and told what changed in their company and person."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

from chassis.clock import new_id, now
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.tell_devices import tell_devices
from tests.contract.clients.service import SPECIALIST, Service, eventually, somebody


async def test_a_revoked_device_is_announced_and_stays_revoked(service: Service) -> None:
    company = await service.company()
    key, email = uuid4(), f"{uuid4().hex}@revoked.example"
    code = await service.code(company)
    device = (await service.enrol(code, key, email=email)).body
    path = f"/devices/{device['device_id']}"
    assert (await service.call("DELETE", path, who=SPECIALIST)).status == 204
    assert (await service.call("DELETE", path, who=SPECIALIST)).status == 204
    events = await service.events("devices", device["device_id"])
    assert [event["type"] for event in events] == [
        "helpdesk.device.enrolled.v1",
        "helpdesk.device.revoked.v1",
    ]
    assert (events[1]["data"]["revoked"], events[1]["data"]["version"]) == (True, 2)
    assert (await service.call("PATCH", path, {"confirmed": True})).status == 422
    assert (await service.enrol(code, key, email=email)).status == 403, "its token is not given out again"
    revoked = await service.call("GET", f"/devices?revoked=true&company={company['id']}")
    assert [item["id"] for item in revoked.body["items"]] == [device["device_id"]]
    assert (await service.call("GET", f"/devices?company={company['id']}")).body["items"] == []


async def test_a_blocked_device_is_out_until_it_is_unblocked(service: Service) -> None:
    device = (await service.enrol(await service.code(await service.company()))).body
    path = f"/devices/{device['device_id']}"
    for blocked, kind in ((True, "revoked"), (False, "enrolled")):
        shown = (await service.call("PATCH", path, {"blocked": blocked}, who=SPECIALIST)).body
        assert (shown["blocked"], shown["suspended"], shown["revoked"]) == (blocked, blocked, False)
        events = await service.events("devices", device["device_id"])
        assert events[-1]["type"] == f"helpdesk.device.{kind}.v1"
        assert events[-1]["data"]["revoked"] is blocked
    assert (await service.call("PATCH", path, {})).status == 422
    assert (await service.call("PATCH", path, {"blocked": "yes"})).status == 422
    await service.call("DELETE", path)
    assert (await service.call("PATCH", path, {"blocked": False})).status == 422


async def test_devices_of_other_companies_leave_no_trace(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    limited = somebody("specialist", mine["id"])
    hidden = (await service.enrol(await service.code(other))).body["device_id"]
    visible = (await service.enrol(await service.code(mine))).body["device_id"]
    listed = await service.call("GET", "/devices", who=limited)
    assert [item["id"] for item in listed.body["items"]] == [visible]
    for method, body in (("GET", None), ("PATCH", {"confirmed": True}), ("DELETE", None)):
        foreign = await service.call(method, f"/devices/{hidden}", body, who=limited)
        absent = await service.call(method, f"/devices/{new_id()}", body, who=limited)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body


async def test_devices_are_told_their_companys_new_name_and_switches(service: Service) -> None:
    company = await service.company("ООО «Старое имя»")
    code = await service.code(company)
    devices = [(await service.enrol(code)).body["device_id"] for _ in range(3)]
    wanted = {"name": "ООО «Новое имя»", "screenshots_allowed": False}
    await service.call("PATCH", f"/companies/{company['id']}", wanted)
    for device in devices:
        event = await _told(service, device)
        assert event["type"] == "helpdesk.device.enrolled.v1"
        assert event["data"]["company"]["name"] == "ООО «Новое имя»"
        assert event["data"]["screenshots_allowed"] is False
        assert event["data"]["version"] == 2


async def test_devices_are_told_their_persons_new_name_and_rank(service: Service) -> None:
    device = (await service.enrol(await service.code(await service.company()))).body
    wanted = {"full_name": "Новикова-Старкова Зоя", "is_manager": True}
    await service.call("PATCH", f"/people/{device['person']['id']}", wanted)
    event = await _told(service, device["device_id"])
    assert event["data"]["person"]["full_name"] == "Новикова-Старкова Зоя"
    assert event["data"]["is_manager"] is True


async def test_what_devices_need_not_know_is_not_told(service: Service) -> None:
    company = await service.company()
    device = (await service.enrol(await service.code(company))).body
    await service.call("PATCH", f"/companies/{company['id']}", {"notes": "заметка", "tax_id": "12345"})
    await service.call("PATCH", f"/people/{device['person']['id']}", {"phone": "112"})
    assert await tell_devices(service.registry, now()) == 0
    assert len(await service.events("devices", device["device_id"])) == 1


async def test_devices_of_who_left_are_suspended_until_they_are_back(service: Service) -> None:
    device = (await service.enrol(await service.code(await service.company()))).body
    path = f"/people/{device['person']['id']}"
    await service.call("DELETE", path)
    suspended = await _told(service, device["device_id"])
    assert (suspended["type"], suspended["data"]["revoked"]) == ("helpdesk.device.revoked.v1", True)
    assert (await service.call("GET", f"/devices/{device['device_id']}")).body["suspended"] is True
    await service.call("PATCH", path, {"archived": False})
    back = await _told(service, device["device_id"], version=3)
    assert (back["type"], back["data"]["revoked"]) == ("helpdesk.device.enrolled.v1", False)


async def test_an_enrolment_during_a_renaming_ends_up_with_the_new_name(service: Service) -> None:
    company = await service.company("ООО «До»")
    code = await service.code(company)
    path = f"/companies/{company['id']}"
    renaming = (service.call("PATCH", path, {"name": f"ООО «После {n}»"}) for n in range(5))
    answers = await asyncio.gather(*(service.enrol(code) for _ in range(5)), *renaming)
    assert {answer.status for answer in answers} == {200, 201}
    last = (await service.call("GET", path)).body["name"]
    await _settled(service.registry)
    listed = (await service.call("GET", f"/devices?company={company['id']}")).body["items"]
    assert [item["company"]["name"] for item in listed] == [last] * 5


async def _told(service: Service, device: str, version: int = 2) -> dict[str, Any]:
    """The event of this version, once the background has made it."""

    async def look() -> dict[str, Any] | None:
        events = await service.events("devices", device)
        return next((event for event in events if event["data"]["version"] == version), None)

    return await eventually(look)


async def _settled(registry: RegistryStorage) -> None:
    async with asyncio.timeout(15):
        while await registry.companies.behind():
            await tell_devices(registry, now())
