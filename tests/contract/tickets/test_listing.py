"""The list of tickets: filters, pages, search, and whose tickets one sees."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from chassis.clock import now
from contracts.alike_http import AlikeTickets
from contracts.tickets_http import TicketPage
from services.tickets.use_cases.watch_clock import tell_deadlines
from tests.contract.tickets.conftest import COMPANY, DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk


async def _numbers(desk: Desk, query: str = "", **options: Any) -> list[int]:
    answer = await desk("GET", f"/tickets?{query}", **options)
    assert answer.status == 200, answer.body
    return [item["number"] for item in TicketPage.model_validate(answer.body).model_dump()["items"]]


async def _several(desk: Desk, count: int) -> list[int]:
    return sorted([await desk.receive() for _ in range(count)], reverse=True)


async def test_digits_are_a_number_and_a_word_and_after_the_sign_a_number_only(desk: Desk) -> None:
    number = await desk.receive()
    said = await desk.receive(title=f"VPN: ошибка {number}")
    for sort, found in (("-number", [said, number]), ("number", [number, said])):
        assert await _numbers(desk, f"q={number}&sort={sort}") == found
    assert await _numbers(desk, f"q=%E2%84%96{number}") == [number]
    assert await _numbers(desk, f"q={number}&limit=1&status=new") == [said]
    page = (await desk("GET", f"/tickets?q={number}&limit=1")).body
    assert await _numbers(desk, f"q={number}&cursor={page['next']}") == [number]


@pytest.mark.parametrize("sort", ["-number", "number", "-updated_at", "resolution_due", "due"])
async def test_pages_together_show_each_ticket_once_and_in_order(desk: Desk, sort: str) -> None:
    numbers = set(await _several(desk, 11))
    seen: list[int] = []
    following: str | None = ""
    while following is not None:
        answer = await desk("GET", f"/tickets?sort={sort}&limit=3&cursor={quote(following)}")
        seen += [item["number"] for item in answer.body["items"]]
        following = answer.body["next"]
    assert len(seen) == 11
    assert set(seen) == numbers
    if "number" in sort:
        assert seen == sorted(seen, reverse=sort.startswith("-"))


async def test_a_ticket_that_arrives_while_one_pages_shows_nothing_twice(desk: Desk) -> None:
    numbers = await _several(desk, 4)
    first = await desk("GET", "/tickets?limit=2")
    await desk.receive()
    second = await desk("GET", f"/tickets?limit=2&cursor={first.body['next']}")
    shown = [item["number"] for page in (first, second) for item in page.body["items"]]
    assert shown == numbers


async def test_the_order_of_the_clocks_is_that_of_the_next_deadlines(desk: Desk) -> None:
    """Reaction is due sooner than resolution; a clock that stands comes last, whenever it began."""
    earliest = now() - timedelta(days=3)
    paused = await desk.receive(received_at=earliest)
    solved = await desk.receive(received_at=earliest)
    taken = await desk.receive(received_at=earliest + timedelta(hours=1))
    fresh = await desk.receive(received_at=earliest + timedelta(hours=1))
    for number, status in ((paused, "waiting"), (solved, "resolved"), (taken, "in_progress")):
        await desk("PATCH", f"/tickets/{number}", {"status": status})
    assert await _numbers(desk, "sort=due") == [fresh, taken, paused, solved]
    assert await _numbers(desk, "sort=due&status=new,in_progress,waiting") == [fresh, taken, paused]
    await desk("PATCH", f"/tickets/{paused}", {"status": "in_progress"})
    assert (await _numbers(desk, "sort=due"))[-1] == solved


async def test_next_deadlines_of_older_tickets_are_kept_once(desk: Desk) -> None:
    waiting, new = await desk.receive(), await desk.receive()
    await desk("PATCH", f"/tickets/{waiting}", {"status": "waiting"})
    await desk.kept["tickets"].update_many({}, {"$unset": {"next_due": "", "missed": ""}})
    await desk.kept["counters"].delete_one({"_id": "next deadlines and misses kept"})
    await desk.tickets.prepare()
    assert await _numbers(desk, "sort=due") == [new, waiting]
    assert await _numbers(desk, "sla=broken") == []


async def test_what_is_near_of_older_tickets_is_kept_once(desk: Desk) -> None:
    near, taken, _ = [await desk.receive() for _ in range(3)]
    await desk("PATCH", f"/tickets/{taken}", {"status": "in_progress"})
    soon = {"$set": {"promise.reaction_warn_at": now() - timedelta(minutes=1)}}
    await desk.kept["tickets"].update_many({"number": {"$in": [near, taken]}}, soon)
    await desk.kept["tickets"].update_many({}, {"$unset": {"promise.is_near": ""}})
    await desk.kept["counters"].delete_one({"_id": "what is near kept"})
    await desk.tickets.prepare()
    assert await _numbers(desk, "sla=warned") == [near]


async def test_those_that_missed_a_target_or_are_about_to_are_filtered(desk: Desk) -> None:
    await desk.receive()
    late = await desk.receive(received_at=now() - timedelta(days=30))
    late_and_solved = await desk.receive(received_at=now() - timedelta(days=30))
    await desk("PATCH", f"/tickets/{late_and_solved}", {"status": "resolved"})
    near = await desk.receive()
    soon = now() - timedelta(minutes=1)
    moments = {"promise.reaction_warn_at": soon, "promise.look_at": soon}
    later = {"promise.reaction_due": now() + timedelta(days=1), "reaction_due": now() + timedelta(days=1)}
    await desk.kept["tickets"].update_one({"number": near}, {"$set": moments | later})
    await tell_deadlines(desk.tickets, now())
    assert await _numbers(desk, "sla=broken") == [late_and_solved, late]
    assert await _numbers(desk, "sla=broken&status=new") == [late]
    assert await _numbers(desk, "sla=warned") == [near]
    assert await _numbers(desk, "sla=warned&sort=due&status=new") == [near]
    states = [(await desk("GET", f"/tickets/{number}")).body["sla"]["state"] for number in (late, near)]
    assert states == ["broken", "warned"]
    await desk("PATCH", f"/tickets/{near}", {"status": "waiting"})
    assert await _numbers(desk, "sla=warned") == []
    assert (await desk("GET", "/tickets?sla=met")).status == 422


async def test_filters_are_joined(desk: Desk) -> None:
    one, two, three = sorted([await desk.receive() for _ in range(3)])
    await desk.categorise("Принтеры")
    await desk("PATCH", f"/tickets/{one}", {"priority": "high", "category": "Принтеры"})
    await desk("PATCH", f"/tickets/{two}", {"status": "in_progress", "assignee": str(SPECIALIST.id)})
    assert await _numbers(desk, "priority=high") == [one]
    assert await _numbers(desk, "category=%D0%9F%D1%80%D0%B8%D0%BD%D1%82%D0%B5%D1%80%D1%8B") == [one]
    assert await _numbers(desk, "status=in_progress") == [two]
    assert await _numbers(desk, "status=new,in_progress") == [three, two, one]
    assert await _numbers(desk, "assignee=none") == [three, one]
    assert await _numbers(desk, "assignee=me") == [two]
    assert await _numbers(desk, f"assignee={SPECIALIST.id}&status=new") == []
    assert await _numbers(desk, f"company={COMPANY}&status=new&priority=normal") == [three]
    assert await _numbers(desk, f"person={uuid4()}") == []


@pytest.mark.parametrize(
    "query", ["принтер", "Принтеры", "ПРИНТЕРОМ", "печат", "принт", "Мария", "№{}", "{}"]
)
async def test_a_ticket_is_found_by_any_form_of_its_words_and_by_its_number(desk: Desk, query: str) -> None:
    number = await desk.receive()
    assert await _numbers(desk, f"q={quote(query.format(number))}") == [number]


async def test_what_was_logged_is_found_and_what_was_not_is_not(desk: Desk) -> None:
    number = await desk.receive()
    await desk("POST", f"/tickets/{number}/entries", {"text": "Заменил термоплёнку"})
    assert await _numbers(desk, f"q={quote('термопленки')}") == [number]
    assert await _numbers(desk, f"q={quote('принтер сервер')}") == []


async def _found(desk: Desk, asked: str) -> list[tuple[str, str]]:
    """Of the first row: each place, with the words that were found in brackets."""
    answer = await desk("GET", f"/tickets?q={quote(asked)}")
    row = TicketPage.model_validate(answer.body).items[0]
    return [
        (one.place, "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in one.pieces))
        for one in row.found
    ]


async def test_a_search_tells_where_it_found_its_words(desk: Desk) -> None:
    number = await desk.receive(description="Полосы,\nкартридж новый")
    await desk("POST", f"/tickets/{number}/entries", {"text": "Термоплёнка заказана", "public": True})
    await desk("POST", f"/tickets/{number}/entries", {"text": "Заменил термоплёнку в самом принтере"})
    assert await _found(desk, "принтеры") == [("title", "Не печатает [принтер]")]
    assert await _found(desk, "мария ромашк") == [
        ("person", "Иванова [Мария] Петровна"),
        ("company", "ООО «[Ромашка]»"),
    ]
    assert await _found(desk, "картриджа") == [("text", "Полосы, [картридж] новый")]
    assert await _found(desk, "ТЕРМОПЛЕНКА в самом") == [
        ("log", "Заменил [термоплёнку] [в] [самом] принтере")
    ]
    assert await _found(desk, "принтер термоплёнки") == [
        ("title", "Не печатает [принтер]"),
        ("log", "Заменил [термоплёнку] в самом [принтере]"),
    ]
    entries = (await desk("GET", f"/tickets/{number}")).body["entries"]
    (row,) = (await desk("GET", f"/tickets?q={quote('самом')}")).body["items"]
    assert row["found"][0]["entry"] == entries[-1]["id"]
    assert "found" not in (await desk("GET", "/tickets")).body["items"][0]


async def test_a_search_of_a_page_reads_each_row_at_most_once_more(desk: Desk) -> None:
    """However many tickets have the words; where the rows say it themselves nothing more is read."""
    for _ in range(7):
        await desk.receive(description="Термоплёнка")
    for asked, finds in (("термоплёнка", 2), ("принтер", 1)):
        query = f"/tickets?limit=3&q={quote(asked)}"
        await desk("GET", query)
        await desk.kept["system.profile"].drop()
        await desk.kept.command("profile", 2)
        await desk("GET", query)
        await desk.kept.command("profile", 0)
        read = {"ns": f"{desk.kept.name}.tickets", "op": "query"}
        told = await desk.kept["system.profile"].find(read).to_list()
        # The service looks at its tickets by itself as well, never by their ids or by several conditions.
        ours = [one for one in told if {"$and", "_id"} & one["command"].get("filter", {}).keys()]
        assert [one["docsExamined"] for one in ours] == [4, 3][:finds]


async def test_only_staff_search_what_is_logged(desk: Desk) -> None:
    number = await desk.receive()
    await desk("POST", f"/tickets/{number}/entries", {"text": "Клиент не доплатил"})
    assert (await desk("GET", f"/tickets?q={quote('доплатил')}", who=DEVICE)).status == 403
    stranger = LIMITED.model_copy(update={"companies": (OTHER_COMPANY,)})
    assert await _numbers(desk, f"q={quote('доплатил')}", who=stranger) == []


@pytest.mark.parametrize(
    "text", [".*", "^", "$where", "(a+)+$", "[", "\\", "{$ne:1}", "\0", "%", "‮", "№", "😀"]
)
async def test_a_pattern_in_the_search_finds_nothing_and_breaks_nothing(desk: Desk, text: str) -> None:
    await desk.receive()
    found = await _numbers(desk, f"q={quote(text)}")
    assert len(found) == (1 if text in ("\0", "‮") else 0)


@pytest.mark.parametrize(
    "query",
    [
        "sort=title",
        "sort=$natural",
        "sort[$ne]=1",
        "status[$ne]=new",
        "company[$ne]=",
        "company=%7B%22$ne%22%3A%22%22%7D",
        "company=x",
        "assignee=everybody",
        "person=1",
        "priority=$ne",
        "status=open",
        "status=new,$where",
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=99999999999999999999",
        "limit=x",
        "equipment=1",
        "title=x",
        "companies=",
        "text=x",
        "$where=1",
        "number=1",
        "q=" + "x" * 201,
        "category=" + "x" * 201,
        "cursor=" + "x" * 2000,
    ],
)
async def test_a_filter_that_is_not_offered_or_not_right_is_refused(desk: Desk, query: str) -> None:
    answer = await desk("GET", f"/tickets?{query}")
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.body["errors"]


def _forged(position: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


@pytest.mark.parametrize("sort", ["-number", "-updated_at"])
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "====",
        "é",
        _forged(None),
        _forged([]),
        _forged({}),
        _forged({"key": "x", "number": 1}),
        _forged({"key": 1, "number": {"$gt": 0}}),
        _forged({"key": 1, "number": 2**63}),
        _forged({"key": 2**70, "number": 1}),
        _forged({"key": 10**18, "number": 1}),
        _forged({"key": -1, "number": 1}),
        _forged({"key": float("inf"), "number": 1}),
        _forged({"key": float("nan"), "number": 1}),
        _forged({"key": 1, "number": -1}),
        _forged({"key": 1.5, "number": 1}),
    ],
)
async def test_a_forged_cursor_is_refused(desk: Desk, cursor: str, sort: str) -> None:
    answer = await desk("GET", f"/tickets?sort={sort}&cursor={quote(cursor)}")
    assert (answer.status, answer.fields) == (422, ["cursor"])


async def test_a_cut_cursor_is_refused_or_shows_only_what_is_ours(desk: Desk) -> None:
    await asyncio.gather(*(desk.receive() for _ in range(3)))
    whole = (await desk("GET", "/tickets?limit=1")).body["next"]
    for length in range(1, len(whole)):
        assert (await desk("GET", f"/tickets?cursor={whole[:length]}")).status in (200, 422)


async def test_staff_of_one_company_see_and_find_only_its_tickets(desk: Desk) -> None:
    theirs = await desk.receive()
    other = await desk.receive(company=OTHER_COMPANY)
    assert await _numbers(desk, who=LIMITED) == [theirs]
    assert await _numbers(desk, f"company={OTHER_COMPANY}", who=LIMITED) == []
    assert await _numbers(desk, f"q={other}", who=LIMITED) == []
    assert await _numbers(desk, "q=%D0%BF%D1%80%D0%B8%D0%BD%D1%82%D0%B5%D1%80", who=LIMITED) == [theirs]
    assert await _numbers(desk) == [other, theirs]


async def test_a_cursor_of_somebody_else_shows_only_ones_own(desk: Desk) -> None:
    mine = await desk.receive()
    await desk.receive(company=OTHER_COMPANY)
    await desk.receive(company=OTHER_COMPANY)
    cursor = (await desk("GET", "/tickets?limit=1")).body["next"]
    assert await _numbers(desk, f"cursor={cursor}", who=LIMITED) == [mine]


async def test_staff_of_no_company_see_nothing(desk: Desk) -> None:
    await desk.receive()
    nobody = LIMITED.model_copy(update={"companies": ()})
    assert await _numbers(desk, who=nobody) == []


async def test_the_gauges_count_what_is_open(desk: Desk) -> None:
    numbers = await _several(desk, 3)
    await desk("PATCH", f"/tickets/{numbers[0]}", {"status": "cancelled"})
    metrics = (await desk("GET", "/metrics", who=None)).content.decode()
    assert 'helpdesk_tickets_open{status="new"} 2.0' in metrics
    assert "helpdesk_ticket_oldest_unassigned_seconds" in metrics


async def test_open_tickets_of_the_company_that_look_alike_are_offered(desk: Desk) -> None:
    alike = await desk.receive(title="Не печатает принтер в бухгалтерии")
    await desk.receive(title="Нет интернета")
    await desk.receive(company=OTHER_COMPANY, title="Не печатает принтер в бухгалтерии")
    done = await desk.receive(title="Принтер не печатал")
    await desk("PATCH", f"/tickets/{done}", {"status": "resolved"})

    query = f"/alike?company={COMPANY}&q={quote('принтеры не печатают')}"
    answer = await desk("GET", query)

    assert [one.number for one in AlikeTickets.model_validate(answer.body).items] == [alike]
    other = await desk("GET", f"/alike?company={OTHER_COMPANY}&q={quote('принтер')}", who=LIMITED)
    assert other.body == {"items": []}
