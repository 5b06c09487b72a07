"""Companies over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from chassis.clock import new_id
from tests.contract.clients.service import SPECIALIST, Service, somebody


async def test_a_company_is_kept_as_it_was_entered(service: Service) -> None:
    entered: dict[str, Any] = {
        "name": "ООО «Ромашка-Сервис»",
        "short_name": "Ромашка",
        "tax_id": "7801000018",
        "notes": "Вход со двора.\nДомофон 12.",
        "responsible_id": str(new_id()),
        "screenshots_allowed": False,
    }
    created = await service.company(**entered)
    read = await service.call("GET", f"/companies/{created['id']}", who=SPECIALIST)
    assert read.status == 200
    assert {name: read.body[name] for name in entered} == entered
    assert read.body["version"] == 1
    assert read.headers["ETag"] == '"1"'


async def test_each_change_of_a_company_is_announced_with_its_version(service: Service) -> None:
    created = await service.company("ООО «Первое имя»")
    path = f"/companies/{created['id']}"
    await service.call("PATCH", path, {"name": "ООО «Второе имя»", "screenshots_allowed": False})
    await service.call("DELETE", path)
    events = await service.events("companies", created["id"])
    assert [event["type"] for event in events] == ["helpdesk.company.saved.v1"] * 3
    assert [event["data"]["version"] for event in events] == [1, 2, 3]
    assert [event["data"]["name"] for event in events] == [
        "ООО «Первое имя»",
        "ООО «Второе имя»",
        "ООО «Второе имя»",
    ]
    assert [event["data"]["archived"] for event in events] == [False, False, True]
    assert not events[1]["data"]["screenshots_allowed"]
    assert {event["subject"] for event in events} == {created["id"]}
    assert {event["source"] for event in events} == {"/services/clients"}


async def test_a_change_that_changes_nothing_is_not_announced(service: Service) -> None:
    created = await service.company("ООО «То же имя»")
    answer = await service.call("PATCH", f"/companies/{created['id']}", {"name": "ООО «То же имя»"})
    assert answer.status == 200
    assert answer.body == created
    assert len(await service.events("companies", created["id"])) == 1


async def test_the_later_of_two_editors_learns_what_stands_otherwise(service: Service) -> None:
    created = await service.company("ООО «Двое»")
    path = f"/companies/{created['id']}"
    first = await service.call("PATCH", path, {"notes": "от первого"}, If_Match='"1"')
    second = await service.call("PATCH", path, {"notes": "от второго"}, If_Match='"1"')
    assert first.status == 200
    assert second.status == 409
    assert second.body["version"] == 2
    assert second.body["current"] == {"notes": "от первого"}
    assert second.fields == ["notes"]
    again = await service.call("PATCH", path, {"notes": "от второго"}, If_Match=second.headers["ETag"])
    assert again.status == 200


async def test_without_if_match_concurrent_changes_of_different_fields_all_count(service: Service) -> None:
    created = await service.company("ООО «Вместе»")
    path = f"/companies/{created['id']}"
    answers = await asyncio.gather(
        service.call("PATCH", path, {"notes": "заметка"}),
        service.call("PATCH", path, {"short_name": "Вместе"}),
        service.call("PATCH", path, {"tax_id": "123"}),
    )
    assert {answer.status for answer in answers} == {200}
    read = (await service.call("GET", path)).body
    assert (read["notes"], read["short_name"], read["tax_id"]) == ("заметка", "Вместе", "123")
    assert read["version"] == 4


async def test_the_same_idempotency_key_makes_one_company(service: Service) -> None:
    key = str(uuid4())
    body = {"name": "ООО «Один раз»"}
    first = await service.call("POST", "/companies", body, Idempotency_Key=key)
    again = await service.call("POST", "/companies", body, Idempotency_Key=key)
    other = await service.call("POST", "/companies", {"name": "ООО «Другое»"}, Idempotency_Key=key)
    elsewhere = await service.call("POST", "/companies", body, Idempotency_Key=key, who=somebody("admin"))
    assert (first.status, again.status, other.status) == (201, 201, 409)
    assert again.body == first.body
    assert elsewhere.body["id"] != first.body["id"], "a key is its caller's own"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("белый", True),
        ("БЕЛЫЙ МЕДВ", True),
        ("медведь", True),
        ("ооо медв", True),
        ("77050", True),
        ("мишка", True),
        ("«Белый", True),
        ("дведь", False),
        ("белый лис", False),
        (".*", False),
        ("^белый", True),
        ("(((((((((((((((((((((((a+)+)+)+)+)+", False),
    ],
)
async def test_a_company_is_found_by_the_beginnings_of_its_words(
    service: Service, query: str, found: bool
) -> None:
    answer = await service.call("GET", "/companies?archived=false&limit=200")
    if not any(item["name"] == "ООО «Белый медведь»" for item in answer.body["items"]):
        await service.company("ООО «Белый медведь»", short_name="Мишка", tax_id="7705012345")
    listed = await service.call("GET", f"/companies?q={quote(query)}")
    assert listed.status == 200
    assert any(item["name"] == "ООО «Белый медведь»" for item in listed.body["items"]) is found


async def test_pages_show_every_company_once_in_the_order_of_names(service: Service) -> None:
    for number in range(7):
        await service.company(f"Постранично {number % 3} №{number}")
    names: list[str] = []
    cursor = ""
    while True:
        page = (await service.call("GET", f"/companies?q=постранично&limit=2&cursor={cursor}")).body
        names += [item["name"] for item in page["items"]]
        assert len(page["items"]) <= 2
        cursor = page["next"]
        if cursor is None:
            break
    assert len(names) == len(set(names)) == 7
    assert names == sorted(names, key=str.casefold)


async def test_an_archived_company_leaves_the_list_and_can_come_back(service: Service) -> None:
    created = await service.company("ООО «Архивная»")
    path = f"/companies/{created['id']}"
    assert (await service.call("DELETE", path)).status == 204
    assert (await service.call("GET", "/companies?q=архивная")).body["items"] == []
    archived = (await service.call("GET", "/companies?q=архивная&archived=true")).body["items"]
    assert [item["id"] for item in archived] == [created["id"]]
    assert (await service.call("PATCH", path, {"archived": False})).status == 200
    assert len((await service.call("GET", "/companies?q=архивная")).body["items"]) == 1


async def test_a_specialist_reads_companies_and_does_not_change_them(service: Service) -> None:
    created = await service.company("ООО «Только смотреть»")
    path = f"/companies/{created['id']}"
    assert (await service.call("GET", path, who=SPECIALIST)).status == 200
    assert (await service.call("PATCH", path, {"notes": "я"}, who=SPECIALIST)).status == 403
    assert (await service.call("DELETE", path, who=SPECIALIST)).status == 403
    assert (await service.call("POST", "/companies", {"name": "моя"}, who=SPECIALIST)).status == 403


async def test_who_is_limited_to_companies_sees_no_trace_of_the_others(service: Service) -> None:
    mine = await service.company("Граница Моя")
    other = await service.company("Граница Чужая")
    limited = somebody("admin", mine["id"])
    listed = (await service.call("GET", "/companies?q=граница", who=limited)).body["items"]
    assert [item["id"] for item in listed] == [mine["id"]]
    for method, body in (("GET", None), ("PATCH", {"notes": "x"}), ("DELETE", None)):
        foreign = await service.call(method, f"/companies/{other['id']}", body, who=limited)
        absent = await service.call(method, f"/companies/{new_id()}", body, who=limited)
        assert foreign.status == absent.status == 404
        assert foreign.body == absent.body
    assert (await service.call("POST", "/companies", {"name": "ещё"}, who=limited)).status == 403
