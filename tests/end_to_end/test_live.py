"""What is pushed to whom, and that a lost connection goes on where it was."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from tests.end_to_end.callers import Caller, Device, Heard
from tests.end_to_end.conftest import Enrol, SignIn

NOTE = "Клиенту этого не видеть"


async def numbered(device: Device, title: str) -> Any:
    return await device.numbered((await device.submit(title))["id"])


def about(number: int, kind: str, **fields: Any) -> Any:
    def wanted(heard: Heard) -> bool:
        said = heard.data
        is_it = said.get("number") == number and said["type"] == f"helpdesk.ticket.{kind}.v1"
        return is_it and all(said[name] == value for name, value in fields.items())

    return wanted


async def test_every_change_is_pushed_to_staff(employee: Device, specialist: Caller, admin: Caller) -> None:
    async with admin.listening() as live:
        await live.opening()
        submission = await numbered(employee, "Видно всем")
        number = submission["number"]
        ticket = f"/tickets/{number}"
        registered = (await live.until(about(number, "registered")))[-1]
        assert registered.data["title"] == "Видно всем"

        await specialist.patch(ticket, {"status": "in_progress"})
        await live.until(about(number, "changed", status="in_progress"))
        await specialist.post(f"{ticket}/entries", {"text": "Ответ", "public": True})
        answered = (await live.until(about(number, "answered")))[-1].data
        assert (answered["entry"]["kind"], answered["entry"]["text"]) == ("answer", "Ответ")
        await specialist.post(f"{ticket}/entries", {"text": NOTE})
        await live.until(about(number, "noted"))
        await specialist.post(f"{ticket}/entries", {"text": "Работа", "minutes": 5})
        await live.until(about(number, "work_logged", minutes=5))
        await specialist.patch(ticket, {"status": "resolved"})
        await live.until(about(number, "resolved"))
        await employee.post(f"/submissions/{submission['id']}/reopen", {"text": "Нет"}, key=new_id())
        await live.until(about(number, "reopened", status="in_progress"))
        await employee.post(f"/submissions/{submission['id']}/rating", {"score": 3})
        await live.until(about(number, "rated", rating=3))


async def test_a_device_hears_what_is_public_of_its_own_and_nothing_more(
    employee: Device, outsider: Device, specialist: Caller, admin: Caller
) -> None:
    async with employee.listening() as live, outsider.listening() as other:
        await live.opening()
        await other.opening()
        number = (await numbered(employee, "Только моё"))["number"]
        ticket = f"/tickets/{number}"
        await specialist.post(f"{ticket}/entries", {"text": NOTE})
        await specialist.post(f"{ticket}/entries", {"text": NOTE, "minutes": 5})
        await admin.post("/categories", {"name": NOTE})
        await specialist.patch(ticket, {"priority": "urgent", "category": NOTE})
        await specialist.post(f"{ticket}/entries", {"text": "Ответ", "public": True})
        await specialist.patch(ticket, {"status": "resolved"})
        heard = await live.until(about(number, "changed", status="resolved"))
        assert {one.data["number"] for one in heard} == {number}
        assert not [one for one in heard if NOTE in str(one.data)]
        assert {one.data["type"].split(".")[2] for one in heard} == {
            "registered", "answered", "changed", "resolved",
        }  # fmt: skip
        own = (await numbered(outsider, "Чужое"))["number"]
        assert {one.data["number"] for one in await other.until(about(own, "registered"))} == {own}


async def test_a_lost_connection_goes_on_where_it_was(employee: Device, admin: Caller) -> None:
    async with admin.listening() as live:
        await live.opening()
        first = (await numbered(employee, "До обрыва"))["number"]
        last_id = (await live.until(about(first, "registered")))[-1].id
    missed = [(await numbered(employee, f"Во время обрыва {n}"))["number"] for n in range(3)]
    async with admin.listening(last_id) as again:
        heard = await again.until(about(missed[-1], "registered"))
        assert [one.data["number"] for one in heard if one.data["type"].endswith("registered.v1")] == missed
        assert "reset" not in {one.event for one in heard}


@pytest.mark.parametrize("last_id", ["0", "'; drop", "01a20877-b00d-7608-9081-f8f59b55305d", "x" * 5000])
async def test_who_was_away_too_long_reads_afresh(admin: Caller, last_id: str) -> None:
    async with admin.listening(last_id) as live:
        [heard] = await live.until(lambda _heard: True)
        assert heard.event == "reset"


async def test_a_session_that_ends_takes_its_connections_along(sign_in: SignIn) -> None:
    caller = await sign_in("dispatcher")
    async with caller.listening() as live:
        await live.opening()
        answer = await caller.call("DELETE", "/session")
        assert answer.status == 204
        await live.ended()
    assert (await caller.call("GET", "/events")).status == 401


async def test_a_device_that_is_revoked_hears_no_more(enrol: Enrol, admin: Caller) -> None:
    device = await enrol()
    async with device.listening() as live:
        await live.opening()
        assert (await admin.call("DELETE", f"/devices/{device.id}")).status == 204
        await live.ended()
    for method, path in (("GET", "/events"), ("GET", "/me"), ("GET", "/submissions")):
        refused = await device.call(method, path)
        assert (refused.status, refused.is_problem) == (401, True)
