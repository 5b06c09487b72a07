"""Changing tickets over HTTP: who may, what is refused, and two specialists at once."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from chassis.clock import new_id
from contracts.equipment import EquipmentSaved
from contracts.gateway import StaffSaved
from contracts.tickets_http import ClockView, TicketView
from tests.contract.serving import Answer
from tests.contract.tickets.conftest import COMPANY, DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk

HOSTILE_BODIES: list[bytes] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"status": {"$ne": ""}}',
    b'{"$set": {"status": "closed"}}',
    b'{"title": {"$where": "1"}}',
    b'{"assignee": {"$regex": ".*"}}',
    b'{"number": 5}',
    b'{"company": {}}',
    b'{"received_at": "2026-01-01T00:00:00Z"}',
    b'{"author": "x"}',
    b'{"status": "merged!"}',
    b'{"status": null}',
    b'{"title": ""}',
    b'{"title": "\\u200b"}',
    b'{"title": 5}',
    b'{"\\ud800": 1}',
    b'{"title": "' + b"x" * 300 + b'"}',
    b'{"priority": 1e999}',
    b'{"category": "' + b"x" * 201 + b'"}',
    b'{"category": "no such"}',
    b'{"category_id": "0198b0c0-0000-7000-8000-000000000001"}',
    b'{"a":' * 2000 + b"1" + b"}" * 2000,
]


async def _change(desk: Desk, number: int, body: Any, **headers: str) -> Answer:
    return await desk("PATCH", f"/tickets/{number}", body, who=SPECIALIST, **headers)


async def test_who_comes_too_late_hears_who_changed_what_meanwhile(desk: Desk) -> None:
    number = await desk.receive()
    read = (await desk("GET", f"/tickets/{number}")).body["version"]
    await desk("PATCH", f"/tickets/{number}", {"priority": "urgent"})
    await desk("POST", f"/tickets/{number}/entries", {"text": "тайное"})

    late = await desk("PATCH", f"/tickets/{number}", {"title": "Другое"}, If_Match=f'"{read}"')

    assert (late.status, late.headers["ETag"]) == (409, f'"{read + 2}"')
    changed, noted = late.body["meanwhile"]
    assert changed["author"]["full_name"] == SPECIALIST.full_name
    assert changed["changes"] == [{"field": "priority", "before": "normal", "after": "urgent"}]
    assert (noted["kind"], noted["changes"]) == ("note", [])
    newer = await desk("PATCH", f"/tickets/{number}", {"title": "Другое"}, If_Match=f'"{read + 2}"')
    assert newer.status == 200


async def _noted(desk: Desk) -> tuple[str, dict[str, Any]]:
    """The address of a new ticket's note, and the ticket."""
    number = await desk.receive()
    ticket = (await desk("POST", f"/tickets/{number}/entries", {"text": "трижды"})).body
    return f"/tickets/{number}/entries/{ticket['entries'][-1]['id']}", ticket


async def test_a_correction_is_told_to_who_comes_too_late(desk: Desk) -> None:
    address, ticket = await _noted(desk)
    await desk("PATCH", address, {"text": "дважды"})
    late = await desk(
        "PATCH", f"/tickets/{ticket['number']}", {"title": "Другое"}, If_Match=f'"{ticket["version"]}"'
    )
    assert late.status == 409
    assert [(one["kind"], one["author"]["full_name"]) for one in late.body["meanwhile"]] == [
        ("correction", SPECIALIST.full_name)
    ]


async def test_of_two_who_put_the_same_entry_right_the_later_is_told(desk: Desk) -> None:
    address, ticket = await _noted(desk)
    seen = f'"{ticket["version"]}"'
    await desk("PATCH", f"/tickets/{ticket['number']}", {"priority": "high"})
    assert (await desk("PATCH", address, {"text": "дважды"}, If_Match=seen)).status == 200
    late = await desk("PATCH", address, {"text": "единожды"}, If_Match=seen)
    assert (late.status, late.body["meanwhile"][-1]["kind"]) == (409, "correction")
    again = await desk("PATCH", address, {"text": "единожды"}, If_Match=late.headers["ETag"])
    assert (again.status, again.body["entries"][0]["text"]) == (200, "единожды")


async def test_a_ticket_is_shown_in_the_documented_shape(desk: Desk) -> None:
    number = await desk.receive(diagnostics={"os": "Windows 11", "$where": {"a.b": [1, 2.5, None]}})
    answer = await desk("GET", f"/tickets/{number}")
    assert (answer.status, answer.headers["ETag"]) == (200, '"1"')
    view = TicketView.model_validate(answer.body)
    assert view.diagnostics == {"os": "Windows 11", "$where": {"a.b": [1, 2.5, None]}}
    assert not {"outbox", "words", "clock", "_id"} & set(answer.body)


async def test_diagnostics_of_huge_numbers_and_depth_can_be_shown(desk: Desk) -> None:
    deep: dict[str, Any] = {}
    for _ in range(100):
        deep = {"a": deep}
    number = await desk.receive(diagnostics={"big": 2**70, "deep": deep})
    assert (await desk("GET", f"/tickets/{number}")).status == 200
    assert (await desk("PATCH", f"/tickets/{number}", {"priority": "high"})).status == 200


async def test_of_two_changes_on_one_version_the_later_is_told(desk: Desk) -> None:
    number = await desk.receive()
    assert (await _change(desk, number, {"priority": "high"}, If_Match='"1"')).headers["ETag"] == '"2"'
    answer = await _change(desk, number, {"priority": "low"}, If_Match='"1"')
    assert (answer.status, answer.body["title"]) == (409, "Conflict")
    assert (await desk("GET", f"/tickets/{number}")).body["priority"] == "high"


async def test_of_many_changes_at_once_on_one_version_one_wins(desk: Desk) -> None:
    number = await desk.receive()
    answers = await asyncio.gather(
        *(_change(desk, number, {"title": f"Заголовок {n}"}, If_Match='"1"') for n in range(10))
    )
    assert sorted(answer.status for answer in answers) == [200] + [409] * 9
    assert (await desk("GET", f"/tickets/{number}")).body["version"] == 2


async def test_entries_logged_at_once_are_all_kept(desk: Desk) -> None:
    number = await desk.receive()
    posts = [desk("POST", f"/tickets/{number}/entries", {"text": f"{n}", "minutes": 1}) for n in range(4)]
    assert {answer.status for answer in await asyncio.gather(*posts)} == {201}
    ticket = (await desk("GET", f"/tickets/{number}")).body
    assert (ticket["minutes"], len(ticket["entries"]), ticket["version"]) == (4, 4, 5)


@pytest.mark.parametrize("header", ["x", '"1", "2"', "-1", "9" * 30])
async def test_an_if_match_of_no_version_is_412(desk: Desk, header: str) -> None:
    number = await desk.receive()
    assert (await _change(desk, number, {"priority": "high"}, If_Match=header)).status == 412


async def test_a_step_the_rules_forbid_is_422_and_leaves_the_ticket_as_it_was(desk: Desk) -> None:
    number = await desk.receive()
    answer = await _change(desk, number, {"status": "closed", "title": "Другое"})
    assert (answer.status, answer.fields) == (422, ["status"])
    ticket = (await desk("GET", f"/tickets/{number}")).body
    assert (ticket["status"], ticket["title"], ticket["version"]) == ("new", "Не печатает принтер", 1)


async def test_an_empty_category_is_none(desk: Desk) -> None:
    number = await desk.receive()
    await desk.categorise("Сеть")
    assert (await _change(desk, number, {"category": " Сеть "})).body["category"] == "Сеть"
    assert (await _change(desk, number, {"category": " "})).body["category"] is None
    assert (await _change(desk, number, {"category": ""})).body["version"] == 3


async def test_only_an_active_colleague_can_be_assigned(desk: Desk) -> None:
    number, colleague = await desk.receive(), new_id()
    assert (await _change(desk, number, {"assignee": str(colleague)})).fields == ["assignee"]
    await desk.colleagues.save(StaffSaved(id=colleague, version=1, full_name="Белова", roles=["specialist"]))
    answer = await _change(desk, number, {"assignee": str(colleague)})
    assert answer.body["assignee"] == {"id": str(colleague), "full_name": "Белова"}
    assert (await _change(desk, number, {"assignee": None})).body["assignee"] is None
    assert (await _change(desk, number, {"assignee": str(SPECIALIST.id)})).status == 200


async def test_only_a_piece_of_the_tickets_company_can_be_named(desk: Desk) -> None:
    number, mine, foreign, gone = await desk.receive(), new_id(), new_id(), new_id()
    for piece, company, archived in (
        (mine, COMPANY, False),
        (foreign, OTHER_COMPANY, False),
        (gone, COMPANY, True),
    ):
        saved = EquipmentSaved(
            id=piece,
            version=1,
            company_id=company,
            kind="printer",
            name="HP в бухгалтерии",
            archived=archived,
        )
        await desk.equipment.save(saved)
    for piece in (foreign, gone, new_id()):
        assert (await _change(desk, number, {"equipment": str(piece)})).fields == ["equipment"]
    answer = await _change(desk, number, {"equipment": str(mine)})
    assert answer.body["equipment"] == {"id": str(mine), "name": "HP в бухгалтерии"}
    assert answer.body["entries"][-1]["changes"][0]["field"] == "equipment"
    listed = (await desk("GET", f"/tickets?equipment={mine}")).body["items"]
    assert [one["number"] for one in listed] == [number]
    beside = (await desk("GET", f"/tickets/{number}/desk")).body["latest"]
    assert [one["number"] for one in beside["equipment"]] == [number]
    assert (await _change(desk, number, {"equipment": None})).body["equipment"] is None


async def test_a_late_word_about_a_piece_changes_nothing(desk: Desk) -> None:
    number, piece = await desk.receive(), new_id()
    for version, name in ((2, "Новое имя"), (1, "Старое имя"), (2, "Новое имя")):
        await desk.equipment.save(
            EquipmentSaved(id=piece, version=version, company_id=COMPANY, kind="server", name=name)
        )
    assert (await _change(desk, number, {"equipment": str(piece)})).body["equipment"]["name"] == "Новое имя"


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=lambda body: body[:30].decode(errors="replace"))
async def test_a_hostile_change_is_refused_and_changes_nothing(desk: Desk, body: bytes) -> None:
    number = await desk.receive()
    for method, path in (("PATCH", f"/tickets/{number}"), ("POST", f"/tickets/{number}/entries")):
        answer = await desk(method, path, body)
        assert answer.status in (400, 422)
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert (await desk.tickets.get(number)).version == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": " \u200b"},
        {"minutes": 0},
        {"minutes": -1, "text": "x"},
        {"minutes": 1441},
        {"minutes": "30"},
        {"minutes": True},
        {"text": "x", "public": "yes"},
        {"text": "x", "additional": 1},
        {"minutes": 2**70},
        {"public": True, "minutes": 5},
        {"text": "x" * 20_001},
        {"text": "x", "author": "Кто-то"},
        {"text": "x", "kind": "rating"},
    ],
)
async def test_an_entry_that_says_nothing_or_too_much_is_refused(desk: Desk, body: Any) -> None:
    number = await desk.receive()
    assert (await desk("POST", f"/tickets/{number}/entries", body)).status == 422


async def test_an_entry_sent_twice_with_one_key_is_one_entry(desk: Desk) -> None:
    number, key = await desk.receive(), str(uuid4())
    body = {"text": "заменил картридж", "minutes": 15, "public": True, "status": "resolved"}
    path = f"/tickets/{number}/entries"
    answers = [await desk("POST", path, body, Idempotency_Key=key) for _ in range(3)]
    assert {answer.status for answer in answers} == {201}
    assert (answers[-1].body["minutes"], answers[-1].body["version"]) == (15, 2)
    for other in ({"text": "другое"}, {"status": "waiting"}, {"status": None}):
        assert (await desk("POST", path, {**body, **other}, Idempotency_Key=key)).status == 409


@pytest.mark.parametrize("wanted", [{"text": None}, {"additional": None}, {}, {"minutes": None, "text": ""}])
async def test_a_correction_to_nothing_is_refused_and_the_ticket_stays_readable(
    desk: Desk, wanted: dict[str, Any]
) -> None:
    number = await desk.receive()
    posted = await desk("POST", f"/tickets/{number}/entries", {"text": "работа", "minutes": 10})
    entry = posted.body["entries"][0]["id"]
    assert (await desk("PATCH", f"/tickets/{number}/entries/{entry}", wanted)).status == 422
    corrected = await desk("PATCH", f"/tickets/{number}/entries/{entry}", {"minutes": 20})
    assert (corrected.status, corrected.body["minutes"]) == (200, 20)
    assert corrected.body["entries"][0]["corrections"][0]["minutes"] == 10


async def test_what_is_internal_is_in_no_event(desk: Desk) -> None:
    number = await desk.receive()
    await desk("POST", f"/tickets/{number}/entries", {"text": "пароль на стикере"})
    await desk("POST", f"/tickets/{number}/entries", {"text": "тайная работа", "minutes": 5})
    await desk("POST", f"/tickets/{number}/entries", {"text": "всё готово", "public": True})
    said = str(await desk.events(number))
    assert "всё готово" in said
    assert "пароль" not in said
    assert "тайная" not in said


async def test_the_clock_is_shown_in_the_documented_shape(desk: Desk) -> None:
    number = await desk.receive()
    answer = await desk("GET", f"/tickets/{number}/sla")
    clock = ClockView.model_validate(answer.body)
    assert (clock.reaction.target_minutes, clock.resolution.target_minutes) == (30, 480)


@pytest.mark.parametrize("path", ["", "/sla", "/desk"])
async def test_a_ticket_of_another_company_is_as_if_it_were_not_there(desk: Desk, path: str) -> None:
    number = await desk.receive(company=OTHER_COMPANY)
    hidden = await desk("GET", f"/tickets/{number}{path}", who=LIMITED)
    absent = await desk("GET", f"/tickets/999999{path}", who=LIMITED)
    assert (hidden.status, hidden.body) == (404, absent.body)


async def test_a_ticket_of_another_company_cannot_be_changed(desk: Desk) -> None:
    number = await desk.receive(company=OTHER_COMPANY)
    for method, path, body in (
        ("PATCH", f"/tickets/{number}", {"priority": "high"}),
        ("POST", f"/tickets/{number}/entries", {"text": "x"}),
        ("PATCH", f"/tickets/{number}/entries/{uuid4()}", {"text": "x"}),
    ):
        assert (await desk(method, path, body, who=LIMITED)).status == 404
    assert (await desk.tickets.get(number)).version == 1


async def test_only_staff_come_in(desk: Desk) -> None:
    number = await desk.receive()
    for path in ("/tickets", f"/tickets/{number}", f"/tickets/{number}/sla"):
        assert (await desk("GET", path, who=DEVICE)).status == 403
        assert (await desk("GET", path, who=None)).status == 401


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 30, "9" * 5000, "$ne", "%00"])
async def test_what_is_no_number_is_no_ticket(desk: Desk, number: str) -> None:
    assert (await desk("GET", f"/tickets/{number}")).status in (404, 422)


async def test_a_specialists_page_is_one_answer_that_agrees_with_the_others(desk: Desk) -> None:
    """With diagnostics of a kind that orjson does not write."""
    await desk.receive(title="Прежняя")
    number = await desk.receive(diagnostics={"memory": 2**70})
    page = (await desk("GET", f"/tickets/{number}/desk")).body
    assert page["ticket"] == (await desk("GET", f"/tickets/{number}")).body
    clock = (await desk("GET", f"/tickets/{number}/sla")).body
    assert page["clock"]["resolution"] == clock["resolution"]
    assert [one["title"] for one in page["latest"]["company"]][1:] == ["Прежняя"]
    assert [one["number"] for one in page["latest"]["person"]] == [number]
    assert "equipment" not in page["latest"]
    assert page["worked"]["minutes"] == 0


async def test_files_go_with_an_entry_and_leave_with_public_ones_only(desk: Desk) -> None:
    number = await desk.receive()
    file = {
        "id": str(new_id()), "kind": "attachment", "name": "Акт.pdf", "size": 7,
        "content_type": "application/octet-stream", "width": None, "height": None,
    }  # fmt: skip
    path, key = f"/tickets/{number}/entries", str(new_id())
    for body in ({"text": "внутри", "files": [file]}, {"public": True, "files": [file]}):
        assert (await desk("POST", path, body)).status == 201
    for _ in range(2):
        answer = await desk("POST", path, {"text": "x", "files": [file]}, Idempotency_Key=key)
        assert answer.status == 201
    assert [entry["files"] for entry in answer.body["entries"]] == [[file]] * 3
    assert (await desk("POST", path, {"text": "x"}, Idempotency_Key=key)).status == 409
    told = [event["data"]["entry"] for event in await desk.events(number) if event["data"].get("entry")]
    assert [(one["public"], len(one["files"])) for one in told] == [(False, 0), (True, 1), (False, 0)]
    entry = answer.body["entries"][1]
    corrected = await desk("PATCH", f"{path}/{entry['id']}", {"text": "вот акт"})
    assert corrected.body["entries"][1]["files"] == [file]


@pytest.mark.parametrize(
    "wrong", [{"id": "x"}, {"kind": "svg"}, {"size": -1}, {"name": ""}, {"name": "x" * 201}, {"width": 2**40}]
)
async def test_what_is_no_stored_file_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    number = await desk.receive()
    file = {"id": str(new_id()), "kind": "attachment", "name": "a", "size": 1, "content_type": "text/plain"}
    path = f"/tickets/{number}/entries"
    assert (await desk("POST", path, {"text": "x", "files": [file | wrong]})).status == 422
    assert (await desk("POST", path, {"text": "x", "files": [file] * 21})).status == 422
    assert (await desk("POST", path, {"public": True})).status == 422
