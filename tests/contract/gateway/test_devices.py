from datetime import datetime, timedelta
from typing import Any

from chassis.clock import new_id, now
from contracts.clients import DeviceEnrolled, DeviceEvent, DeviceRevoked
from contracts.people import CompanyRef, PersonRef
from gateway.access.secret import hashed
from tests.contract.gateway.conftest import running_desk
from tests.contract.gateway.desk import Desk, eventually
from tests.contract.gateway.services import COMPANY


def said(token: str, **changed: Any) -> dict[str, Any]:
    known = {
        "id": new_id(),
        "version": 1,
        "person": PersonRef(id=new_id(), full_name="Новикова Зоя Львовна"),
        "company": CompanyRef.model_validate(COMPANY),
        "hostname": "pc-17",
        "token_hash": hashed(token),
        "at": now(),
    }
    return {**known, **changed}


async def status_of(desk: Desk, token: str) -> int:
    async with desk.browser() as program:
        return (await program.call("GET", "/api/v1/me", Authorization=f"Bearer {token}")).status


async def hears(desk: Desk, event: DeviceEvent, token: str, status: int) -> None:
    await desk.say(event)

    async def answered() -> bool:
        return await status_of(desk, token) == status

    await eventually(answered)


async def knows(desk: Desk, device: object, version: int) -> None:
    """Until the gateway has heard so much of it."""
    kept = desk.parts.access.devices._devices

    async def written() -> bool:
        return await kept.find_one({"_id": device, "version": version}) is not None

    await eventually(written)


async def test_a_device_that_was_just_enrolled_is_known_before_any_event(desk: Desk) -> None:
    device = await desk.enrol()

    async with desk.browser() as program:
        me = await program.call("GET", "/api/v1/me", Authorization=f"Bearer {device['token']}")

    assert me.body["device_id"] == device["device_id"]
    assert me.body["company"] == COMPANY


async def test_a_device_enrolled_elsewhere_is_known_by_its_event_and_refused_when_revoked(desk: Desk) -> None:
    token, fields = "elsewhere", said("elsewhere")

    await hears(desk, DeviceEnrolled(**fields), token, 200)
    await hears(desk, DeviceRevoked(**{**fields, "version": 2, "revoked": True}), token, 401)


async def test_an_older_event_that_comes_late_does_not_bring_a_revoked_device_back(desk: Desk) -> None:
    token, fields = "late", said("late")
    await desk.say(DeviceRevoked(**{**fields, "version": 2, "revoked": True}))
    await knows(desk, fields["id"], 2)

    await desk.say(DeviceEnrolled(**fields))
    await hears(desk, DeviceEnrolled(**said("after")), "after", 200)

    assert await status_of(desk, token) == 401


async def test_a_revoked_device_is_refused_at_once_before_any_event(desk: Desk) -> None:
    device = await desk.enrol()
    assert await status_of(desk, device["token"]) == 200

    async with desk.specialist() as browser:
        assert (await browser.call("DELETE", f"/api/v1/devices/{device['device_id']}")).status == 204

    assert await status_of(desk, device["token"]) == 401


async def test_codes_are_not_guessed(desk: Desk) -> None:
    async with desk.browser() as browser:
        statuses = [(await browser.call("GET", f"/api/v1/devices/codes/GUESS{n}")).status for n in range(15)]

    assert statuses[0] == 404
    assert 429 in statuses[10:]


async def test_good_codes_do_not_count_as_guesses(desk: Desk) -> None:
    async with desk.browser() as browser:
        statuses = {(await browser.call("GET", "/api/v1/devices/codes/DEMO")).status for _ in range(15)}

    assert statuses == {200}


async def test_staff_calls_are_not_for_devices_nor_device_calls_for_staff(desk: Desk) -> None:
    device = await desk.enrol()
    async with desk.browser() as program, desk.specialist() as browser:
        bearer = {"Authorization": f"Bearer {device['token']}"}

        assert (await program.call("GET", "/api/v1/tickets", **bearer)).status == 403
        assert (await browser.call("POST", "/api/v1/submissions", {"title": "x"})).status == 403
        assert (await program.call("GET", "/api/v1/tickets")).status == 401


async def test_who_comes_with_many_unknown_tokens_is_turned_away_but_known_ones_go_on(desk: Desk) -> None:
    # However long the guessing takes.
    desk.parts.access.devices._memory._seconds = 600
    device = await desk.enrol()
    assert await status_of(desk, device["token"]) == 200

    statuses = [await status_of(desk, "guess")]
    while statuses[-1] == 401 and len(statuses) < 500:
        statuses.append(await status_of(desk, f"guess {len(statuses)}"))

    assert len(statuses) > 50
    assert statuses[-1] == 429
    assert await status_of(desk, device["token"]) == 200


async def test_a_body_nested_deeper_than_can_be_passed_on_is_refused_in_words(desk: Desk) -> None:
    async with desk.browser() as browser:
        answer = await browser.call(
            "POST", "/api/v1/devices", data="[" * 500 + "]" * 500, Content_Type="application/json"
        )

    assert answer.status == 422


async def test_an_outage_of_the_service_that_knows_the_codes_is_no_guess(
    mongo_url: str, amqp_url: str
) -> None:
    async with (
        running_desk(mongo_url, amqp_url, clients_url="http://127.0.0.1:1") as desk,
        desk.browser() as browser,
    ):
        statuses = {(await browser.call("GET", "/api/v1/devices/codes/DEMO")).status for _ in range(15)}

    assert statuses == {503}


async def test_staff_see_when_a_device_last_came(desk: Desk) -> None:
    silent, talking = await desk.enrol(), await desk.enrol()
    began = now()
    assert await status_of(desk, talking["token"]) == 200

    async with desk.specialist() as browser:
        listed = (await browser.call("GET", "/api/v1/devices")).body["items"]
        path = f"/api/v1/devices/{talking['device_id']}"
        one, patched = await browser.call("GET", path), await browser.call("PATCH", path, {"confirmed": True})

    contacts = {device["id"]: device["last_contact"] for device in listed}
    assert contacts[silent["device_id"]] is None
    seen = contacts[talking["device_id"]]
    assert abs(datetime.fromisoformat(seen) - began) < timedelta(minutes=1)
    assert one.body["last_contact"] == patched.body["last_contact"] == seen
    assert one.headers["ETag"] == '"1"'


async def test_news_of_a_device_leave_its_last_contact_and_no_call_more_is_written_down(desk: Desk) -> None:
    token, fields = "talking", said("talking")
    await hears(desk, DeviceEnrolled(**fields), token, 200)
    devices = desk.parts.access.devices
    first = await devices.last_contacts([fields["id"]])
    await desk.say(DeviceEnrolled(**{**fields, "version": 2, "confirmed": True}))
    await knows(desk, fields["id"], 2)
    await hears(desk, DeviceRevoked(**{**fields, "version": 3, "revoked": True}), token, 401)

    assert len(first) == 1
    assert await devices.last_contacts([fields["id"]]) == first
