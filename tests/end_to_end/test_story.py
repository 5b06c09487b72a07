"""From «Отправить» to the rating: what an employee and a specialist go through, over the public API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import aiohttp

from chassis.clock import new_id
from tests.end_to_end.callers import Answer, Caller, Device, eventually
from tests.end_to_end.pictures import form, keyed, pixels, screenshot

NOTE = "Между нами: опять он же выдернул кабель."


async def send(device: Device, title: str) -> Any:
    screen = ("screenshot", "screen-1.png", screenshot())
    diagnostics = '{"hostname": "BUH-PC-02", "user_name": "anna"}'
    sent = form(title, screen, description="Мигает красным", diagnostics=diagnostics, channel="bureaucrat")
    answer = await device.call("POST", "/submissions", data=sent, headers=keyed())
    assert answer.status == 202, answer.body
    return await device.numbered(answer.body["id"])


async def seen_by_requester(device: Device, submission_id: str, version: int) -> Any:
    """The submission, once it has followed the ticket to this version."""
    return await device.get(f"/submissions/{submission_id}?wait=20&version={version}")


async def test_an_employee_reads_the_number_and_the_promised_reaction_time(employee: Device) -> None:
    submission = await send(employee, "Не печатает принтер")

    assert submission["status"] == "new"
    assert submission["number"] >= 1
    received = datetime.fromisoformat(submission["received_at"])
    assert received < datetime.fromisoformat(submission["reaction_due"])
    assert submission["reaction_due"] < submission["resolution_due"]


async def test_a_specialist_sees_the_request_as_it_was_sent(employee: Device, specialist: Caller) -> None:
    submission = await send(employee, "Не открывается общая папка")
    ticket = await specialist.get(f"/tickets/{submission['number']}")

    row = next(one for one in (await specialist.get("/tickets"))["items"] if one["id"] == ticket["id"])
    assert row["title"] == "Не открывается общая папка"
    assert row["person"]["full_name"] == employee.person["full_name"]
    assert row["company"] == employee.company
    assert (row["status"], row["received_at"]) == ("new", submission["received_at"])
    assert ticket["description"] == "Мигает красным"
    assert ticket["diagnostics"]["hostname"] == "BUH-PC-02"
    [file] = ticket["files"]
    original = await specialist.get(f"/files/{file['id']}")
    shown = await specialist.get(f"/files/{file['id']}/display")
    assert original == screenshot()
    assert pixels(shown) == pixels(screenshot())


async def test_the_whole_way_from_taking_it_to_the_rating(employee: Device, specialist: Caller) -> None:
    submission = await send(employee, "Весь путь")
    ticket = f"/tickets/{submission['number']}"
    me = (await specialist.get("/me"))["staff"]["id"]

    await specialist.patch(ticket, {"status": "in_progress", "assignee": me})
    await specialist.post(f"{ticket}/entries", {"text": "Смотрю, что с ним.", "public": True})
    await specialist.post(f"{ticket}/entries", {"text": NOTE})
    await specialist.post(f"{ticket}/entries", {"text": "Вернул кабель на место", "minutes": 25})
    last = await specialist.patch(ticket, {"status": "resolved"})

    assert [entry["kind"] for entry in last["entries"]] == ["change", "answer", "note", "work", "change"]
    assert all(entry["author"]["id"] == me for entry in last["entries"])
    assert [entry["at"] for entry in last["entries"]] == sorted(entry["at"] for entry in last["entries"])
    assert (last["minutes"], last["assignee"]["id"]) == (25, me)
    assert last["sla"]["reacted_at"]
    assert last["sla"]["resolved_at"]

    seen = await seen_by_requester(employee, submission["id"], last["version"])
    assert seen["status"] == "resolved"
    assert [(line["kind"], line["text"] or line["status"]) for line in seen["log"]] == [
        ("status", "in_progress"),
        ("answer", "Смотрю, что с ним."),
        ("status", "resolved"),
    ]
    assert NOTE not in str(seen)
    assert "кабель на место" not in str(seen)

    await employee.post(f"/submissions/{submission['id']}/reopen", {"text": "Не решено"}, key=new_id())
    opened = await ticket_when(specialist, ticket, lambda one: one["status"] == "in_progress")
    assert (opened["reopened"], [one["kind"] for one in opened["entries"]].count("reopening")) == (1, 1)
    assert opened["sla"]["resolved_at"] is None

    await specialist.patch(ticket, {"status": "resolved"})
    await employee.post(f"/submissions/{submission['id']}/rating", {"score": 5, "comment": "Спасибо"})
    rated = await ticket_when(specialist, ticket, lambda one: one["rating"] == 5)
    assert "Спасибо" in rated["entries"][-1]["text"]


async def ticket_when(specialist: Caller, ticket: str, holds: Any) -> Any:
    async def look() -> Any:
        found = await specialist.get(ticket)
        return found if holds(found) else None

    return await eventually(look)


async def test_a_reply_of_the_requester_brings_a_waiting_ticket_back_to_work(
    employee: Device, specialist: Caller
) -> None:
    submission = await send(employee, "Ждём ответа")
    ticket = f"/tickets/{submission['number']}"
    question = {"text": "Какой у вас кабинет?", "public": True, "status": "waiting"}
    asked = await specialist.post(f"{ticket}/entries", question)
    assert (asked["status"], asked["sla"]["paused"]) == ("waiting", True)

    await employee.post(f"/submissions/{submission['id']}/replies", {"text": "Двести пятый"}, key=new_id())
    answered = await ticket_when(specialist, ticket, lambda one: one["status"] == "in_progress")
    assert not answered["sla"]["paused"]
    assert "Двести пятый" in [entry["text"] for entry in answered["entries"]]


async def test_a_correction_keeps_what_was_said_before(employee: Device, specialist: Caller) -> None:
    submission = await send(employee, "С опиской")
    ticket = f"/tickets/{submission['number']}"
    logged = await specialist.post(f"{ticket}/entries", {"text": "Заменил картридж", "minutes": 500})
    entry = logged["entries"][-1]

    corrected = await specialist.patch(f"{ticket}/entries/{entry['id']}", {"minutes": 50})
    assert (corrected["entries"][-1]["minutes"], corrected["minutes"]) == (50, 50)
    assert corrected["entries"][-1]["corrections"][0]["minutes"] == 500


async def test_the_clock_tells_what_it_counted(employee: Device, specialist: Caller) -> None:
    submission = await send(employee, "Часы")
    clock = await specialist.get(f"/tickets/{submission['number']}/sla")

    assert (clock["reaction"]["target_minutes"], clock["resolution"]["target_minutes"]) == (30, 480)
    assert clock["reaction"]["due"] == submission["reaction_due"]
    assert clock["resolution"]["due"] == submission["resolution_due"]


async def test_the_later_of_two_changes_learns_of_the_first(employee: Device, specialist: Caller) -> None:
    submission = await send(employee, "Столкнулись")
    ticket = f"/tickets/{submission['number']}"
    read: Answer = await specialist.call("GET", ticket)
    etag = {"If-Match": read.headers["ETag"]}

    first = await specialist.call("PATCH", ticket, {"priority": "high"}, headers=etag)
    second = await specialist.call("PATCH", ticket, {"priority": "low"}, headers=etag)
    assert (first.status, second.status) == (200, 409)
    assert second.is_problem
    assert (await specialist.get(ticket))["priority"] == "high"


async def test_a_call_by_phone_is_a_ticket_in_the_callers_name(specialist: Caller) -> None:
    people = await specialist.get("/people?limit=1")
    person = people["items"][0]
    call = {"person_id": person["id"], "title": "Звонили: не работает касса"}
    registered = await specialist.post("/tickets", call, key=new_id())

    numbered = await specialist.get(f"/submissions/{registered['id']}?wait=20")
    ticket = await specialist.get(f"/tickets/{numbered['number']}")
    assert ticket["person"]["id"] == person["id"]
    assert (ticket["company"]["id"], ticket["channel"]) == (person["company_id"], "phone")


async def test_a_part_is_split_off_and_its_requester_follows_both(
    employee: Device, specialist: Caller
) -> None:
    submitted = await employee.submit("Не печатает, и ещё нужен доступ к общей папке")
    source = (await employee.numbered(submitted["id"]))["number"]
    wanted, key = {"title": "Доступ к общей папке", "description": "Отдел продаж"}, new_id()
    part = await specialist.post(f"/tickets/{source}/split", wanted, key=key)
    assert (await specialist.post(f"/tickets/{source}/split", wanted, key=key))["id"] == part["id"]
    number = (await employee.numbered(part["id"]))["number"]

    async def linked() -> list[Any] | None:
        return (await specialist.get(f"/tickets/{source}"))["links"] or None

    assert [(one["number"], one["kind"]) for one in await eventually(linked)] == [(number, "split_into")]
    whole = await specialist.get(f"/tickets/{number}")
    assert (whole["title"], whole["person"]["id"]) == (wanted["title"], employee.person["id"])
    assert "links" not in await employee.get(f"/submissions/{part['id']}")
    stranger = await employee.call("POST", f"/tickets/{source}/split", wanted)
    assert stranger.status in (401, 403)


async def test_an_answer_brings_files_to_its_requester_and_a_note_keeps_them_inside(
    employee: Device, specialist: Caller
) -> None:
    submission = await send(employee, "Пришлите инструкцию")
    ticket = f"/tickets/{submission['number']}"
    stored = []
    for part, name, content in (
        ("attachment", "Инструкция.txt", b"1. 2. 3."),
        ("screenshot", "где.png", screenshot()),
    ):
        files = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
        files.add_field(part, content, filename=name)
        answer = await specialist.call("POST", f"{ticket}/files", data=files, headers=keyed())
        assert answer.status == 201, answer.body
        stored += answer.body["items"]
    manual, screen = stored
    await specialist.post(f"{ticket}/entries", {"text": "Для себя", "files": [screen]})
    answered = await specialist.post(
        f"{ticket}/entries", {"text": "Вот она", "public": True, "files": [manual]}
    )
    seen = await seen_by_requester(employee, submission["id"], answered["version"])
    (line,) = [one for one in seen["log"] if one["kind"] == "answer"]
    assert [one["name"] for one in line["files"]] == ["Инструкция.txt"]
    got = await employee.call("GET", line["files"][0]["href"])
    assert (got.status, got.body) == (200, b"1. 2. 3.")
    assert (await employee.call("GET", screen["href"])).status == 404
    shown = await specialist.call("GET", screen["display_href"])
    assert pixels(shown.body)[0] == (320, 200)
