"""Categories over HTTP: who keeps them, and how tickets follow them."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import new_id, now
from chassis.principal import Principal
from contracts.categories_http import CategoryView
from services.tickets.store import Categories
from services.tickets.use_cases.adopt_categories import adopt_categories
from services.tickets.use_cases.keep_categories import follow_categories, tell_categories
from tests.contract.tickets.conftest import COMPANY, DEVICE, LIMITED, SPECIALIST, Desk

DISPATCHER = Principal(kind="staff", id=new_id(), full_name="Громова Ольга", roles=("dispatcher",))
LIMITED_DISPATCHER = DISPATCHER.model_copy(update={"companies": (COMPANY,)})


async def _made(desk: Desk, name: str, parent: CategoryView | None = None) -> CategoryView:
    body = {"name": name, "parent_id": str(parent.id) if parent else None}
    answer = await desk("POST", "/categories", body, who=DISPATCHER)
    assert answer.status == 201, answer.body
    return CategoryView.model_validate(answer.body)


async def _change(desk: Desk, one: CategoryView, body: Any, **headers: str) -> CategoryView:
    answer = await desk("PATCH", f"/categories/{one.id}", body, who=DISPATCHER, **headers)
    assert answer.status == 200, answer.body
    return CategoryView.model_validate(answer.body)


async def _ticket_in(desk: Desk, said: str) -> int:
    number = await desk.receive()
    assert (await desk("PATCH", f"/tickets/{number}", {"category": said})).status == 200
    return number


async def _until_it_says(desk: Desk, number: int, path: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while (ticket := (await desk("GET", f"/tickets/{number}")).body)["category"] != path:
            await follow_categories(desk.categories, desk.tickets, now())
    return ticket  # type: ignore[no-any-return]


async def test_tickets_follow_a_rename_and_the_log_keeps_what_it_said(desk: Desk) -> None:
    group = await _made(desk, "Печать")
    leaf = await _made(desk, "Картриджи", group)
    number = await _ticket_in(desk, "картриджи")
    await _change(desk, group, {"name": "Принтеры и МФУ"}, If_Match='"1"')
    ticket = await _until_it_says(desk, number, "Принтеры и МФУ / Картриджи")
    assert ticket["category_id"] == str(leaf.id)
    assert [entry["changes"][0]["after"] for entry in ticket["entries"]] == ["Печать / Картриджи"]
    told = (await desk.events(number))[-1]["data"]
    assert told["author"]["kind"] == "system"
    assert told["changes"][0]["before"] == "Печать / Картриджи"


async def test_a_merge_is_in_the_log_and_whoever_names_the_old_id_gets_the_new_one(desk: Desk) -> None:
    source, target = await _made(desk, "Сканер"), await _made(desk, "Сканеры")
    number = await _ticket_in(desk, "Сканер")
    merged = await desk("POST", f"/categories/{source.id}/merge", {"into": str(target.id)}, who=DISPATCHER)
    again = await desk("POST", f"/categories/{source.id}/merge", {"into": str(target.id)}, who=DISPATCHER)
    assert (merged.status, again.status, merged.body["id"]) == (200, 200, str(target.id))
    ticket = await _until_it_says(desk, number, "Сканеры")
    assert [entry["author"]["kind"] for entry in ticket["entries"]] == ["staff", "system"]
    assert (await desk("GET", f"/tickets?category={source.id}")).body["items"][0]["number"] == number
    changed = await desk("PATCH", f"/tickets/{number}", {"category": str(source.id)})
    assert changed.body["category_id"] == str(target.id)
    assert (await desk("PATCH", f"/categories/{source.id}", {"name": "x"}, who=DISPATCHER)).status == 404


async def test_a_ticket_that_was_changed_while_the_tree_was_is_met_at_a_later_look(desk: Desk) -> None:
    one = await _made(desk, "Почта")
    await _change(desk, one, {"name": "Электронная почта"})
    await follow_categories(desk.categories, desk.tickets, now())
    number = await desk.receive()
    late = {"category": "Почта", "category_id": one.id}
    await desk.kept["tickets"].update_one({"number": number}, {"$set": late})
    # However long that took: the service may have thought all was followed by now.
    meanwhile = {"unsettled": [one.id], "changed_at": now()}
    await desk.kept["categories"].update_one({}, {"$set": meanwhile})
    await follow_categories(desk.categories, desk.tickets, now() + timedelta(minutes=1))
    assert (await desk.tickets.get(number)).category == "Электронная почта"
    assert (await desk.categories.tree()).unsettled == []


async def test_a_group_lists_the_tickets_of_all_in_it(desk: Desk) -> None:
    group = await _made(desk, "Сеть")
    await _made(desk, "VPN", group)
    numbers = {await _ticket_in(desk, "Сеть"), await _ticket_in(desk, "Сеть / VPN")}
    for said in (group.id, "сеть"):
        listed = (await desk("GET", f"/tickets?category={said}")).body["items"]
        assert {one["number"] for one in listed} == numbers
    counted = (await desk("GET", "/categories?counted=true")).body["items"]
    assert [(one["path"], one["tickets"]) for one in counted] == [("Сеть", 1), ("Сеть / VPN", 1)]
    hidden = (await desk("GET", "/categories?counted=true", who=LIMITED)).body["items"]
    assert {one["tickets"] for one in hidden} == {None}


async def test_a_slip_is_refused_with_what_is_alike(desk: Desk) -> None:
    await _made(desk, "Картриджи")
    number = await desk.receive()
    answer = await desk("PATCH", f"/tickets/{number}", {"category": "Катриджи"})
    assert (answer.status, answer.fields) == (422, ["category"])
    assert "«Картриджи»" in answer.body["errors"][0]["message"]


async def test_one_that_is_archived_is_not_given_to_tickets_any_more(desk: Desk) -> None:
    one = await _made(desk, "Факсы")
    number = await _ticket_in(desk, "Факсы")
    await _change(desk, one, {"archived": True})
    assert (await desk("PATCH", f"/tickets/{number}", {"category": None})).status == 200
    for said in ("Факсы", str(one.id)):
        assert (await desk("PATCH", f"/tickets/{number}", {"category": said})).status == 422
    await _change(desk, one, {"archived": False})
    assert (await desk("PATCH", f"/tickets/{number}", {"category": "Факсы"})).status == 200


async def test_two_dispatchers_at_once_both_add_and_of_two_on_one_version_one_is_told(desk: Desk) -> None:
    made = await asyncio.gather(*(_made(desk, f"Группа {n}") for n in range(4)))
    assert len((await desk("GET", "/categories")).body["items"]) == 4
    path, first = f"/categories/{made[0].id}", '"1"'
    answers = await asyncio.gather(
        *(desk("PATCH", path, {"name": f"Имя {n}"}, who=DISPATCHER, If_Match=first) for n in range(2))
    )
    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_the_same_key_adds_one(desk: Desk) -> None:
    key = str(new_id())
    answers = [
        await desk("POST", "/categories", {"name": "Новая"}, who=DISPATCHER, Idempotency_Key=key)
        for _ in range(2)
    ]
    assert [answer.body["id"] for answer in answers] == [key, key]


@pytest.mark.parametrize("who", [SPECIALIST, LIMITED_DISPATCHER, DEVICE])
async def test_only_dispatchers_of_all_companies_keep_them(desk: Desk, who: Principal) -> None:
    one = await _made(desk, "Чужая")
    for method, path, body in (
        ("POST", "/categories", {"name": "x"}),
        ("PATCH", f"/categories/{one.id}", {"name": "x"}),
        ("POST", f"/categories/{one.id}/merge", {"into": str(one.id)}),
    ):
        assert (await desk(method, path, body, who=who)).status == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "а/б"},
        {"name": "x" * 81},
        {"name": {"$ne": ""}},
        {"name": "x", "id": str(new_id())},
        {"name": "x", "parent_id": str(new_id())},
        {"name": "x", "parent_id": "$where"},
    ],
)
async def test_a_category_that_cannot_be_is_refused(desk: Desk, body: Any) -> None:
    assert (await desk("POST", "/categories", body, who=DISPATCHER)).status == 422


async def test_free_texts_from_before_get_their_place_in_the_tree(desk: Desk) -> None:
    await desk.kept["counters"].delete_one({"_id": "categories adopted"})
    numbers = [await desk.receive() for _ in range(3)]
    for number, text in zip(numbers, ["Старая", "старая", "Группа / Лист"], strict=True):
        await desk.kept["tickets"].update_one({"number": number}, {"$set": {"category": text}})
    for _ in range(2):
        await adopt_categories(Categories(desk.kept), desk.tickets, now())
    tickets = [await desk.tickets.get(number) for number in numbers]
    assert [one.category for one in tickets] == ["Старая", "Старая", "Группа / Лист"]
    assert tickets[0].category_id == tickets[1].category_id is not None
    listed = (await desk("GET", "/categories")).body["items"]
    assert [one["path"] for one in listed] == ["Группа", "Группа / Лист", "Старая"]


async def test_the_whole_tree_is_told_once_more_as_it_is(desk: Desk) -> None:
    group = await _made(desk, "Печать")
    leaf = await _made(desk, "Картриджи", group)
    await _change(desk, leaf, {"name": "Тонер"})
    await desk.kept["categories"].update_many({}, {"$unset": {"outbox": "", "outbox_since": ""}})
    assert await tell_categories(desk.categories, now()) == 2
    kept = await desk.kept["categories"].find_one({})
    assert kept is not None
    told = [json.loads(one["body"])["data"] for one in kept["outbox"]]
    assert [(one["id"], one["name"], one["version"]) for one in told] == [
        (str(group.id), "Печать", 1),
        (str(leaf.id), "Тонер", 2),
    ]
