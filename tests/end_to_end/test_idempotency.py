"""What is said twice under one key happened once."""

from __future__ import annotations

import asyncio
from typing import Any

from chassis.clock import new_id
from tests.end_to_end.callers import Caller, Device, somebody
from tests.end_to_end.conftest import Enrol
from tests.end_to_end.pictures import form, keyed, screenshot


async def test_the_same_submission_again_is_the_same_ticket(employee: Device, specialist: Caller) -> None:
    key = str(new_id())

    async def send() -> Any:
        screen = ("screenshot", "screen.png", screenshot())
        return await employee.call("POST", "/submissions", data=form("Дважды", screen), headers=keyed(key))

    answers = await asyncio.gather(*(send() for _ in range(8)))
    number = (await employee.numbered(key))["number"]
    again = await send()
    assert {answer.status for answer in (*answers, again)} == {202}
    assert {answer.body["id"] for answer in (*answers, again)} == {key}
    assert again.body["number"] == number
    assert len(again.body["files"]) == 1
    found = await specialist.get("/tickets?limit=200")
    assert [row["number"] for row in found["items"] if row["submission_id"] == key] == [number]


async def test_another_submission_under_the_same_key_is_refused(employee: Device, enrol: Enrol) -> None:
    key = str(new_id())
    screen = ("screenshot", "screen.png", screenshot())
    first = await employee.call("POST", "/submissions", data=form("Первая", screen), headers=keyed(key))
    assert first.status == 202
    others = [
        form("Вторая", screen),
        form("Первая"),
        form("Первая", ("screenshot", "screen.png", screenshot((64, 64)))),
        form("Первая", screen, description="и ещё"),
    ]
    for other in others:
        refused = await employee.call("POST", "/submissions", data=other, headers=keyed(key))
        assert (refused.status, refused.is_problem) == (409, True)
    stranger = await enrol()
    refused = await stranger.call("POST", "/submissions", data=form("Первая", screen), headers=keyed(key))
    assert (refused.status, refused.is_problem) == (409, True)
    assert (await stranger.call("GET", f"/submissions/{key}")).status == 404


async def test_words_of_the_requester_count_once(employee: Device, specialist: Caller) -> None:
    submission = await employee.numbered((await employee.submit("Ответы дважды"))["id"])
    path, key = f"/submissions/{submission['id']}/replies", str(new_id())
    for _ in range(3):
        answered = await employee.post(path, {"text": "Один раз"}, key=key)
    assert [line["text"] for line in answered["log"]] == ["Один раз"]
    other = await employee.call("POST", path, {"text": "Другое"}, headers=keyed(key))
    assert (other.status, other.is_problem) == (409, True)


async def test_entries_of_staff_count_once(employee: Device, specialist: Caller) -> None:
    submission = await employee.numbered((await employee.submit("Запись дважды"))["id"])
    path, key = f"/tickets/{submission['number']}/entries", str(new_id())
    for _ in range(3):
        ticket = await specialist.post(path, {"text": "Работа", "minutes": 7}, key=key)
    assert (ticket["minutes"], len(ticket["entries"])) == (7, 1)
    other = await specialist.call("POST", path, {"text": "Иная", "minutes": 7}, headers=keyed(key))
    assert (other.status, other.is_problem) == (409, True)


async def test_the_same_phone_call_again_is_the_same_ticket(specialist: Caller) -> None:
    person = (await specialist.get("/people?limit=1"))["items"][0]
    key, call = str(new_id()), {"person_id": person["id"], "title": "Звонок"}
    numbers = {(await specialist.post("/tickets", call, key=key))["id"] for _ in range(2)}
    assert numbers == {key}
    other = await specialist.call("POST", "/tickets", {**call, "title": "Иной"}, headers=keyed(key))
    assert (other.status, other.is_problem) == (409, True)


async def test_enrolling_again_under_the_same_key_is_the_same_device(stranger: Caller) -> None:
    said, key = somebody(), str(new_id())
    first = await stranger.post("/devices", said, key=key)
    again = await stranger.post("/devices", said, key=key)
    assert (again["device_id"], again["token"]) == (first["device_id"], first["token"])
    other = await stranger.call("POST", "/devices", somebody(), headers=keyed(key))
    assert (other.status, other.is_problem) == (409, True)
