"""Saved views over HTTP: own and shared, arranged, and counted without counting everything."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.views_http import MOST_COUNTED, SavedViews, ViewCounts
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk

DISPATCHER = Principal(kind="staff", id=new_id(), full_name="Зайцева Ирина", roles=("dispatcher",))


async def _saved(desk: Desk, name: str, *shared: str, **filters: Any) -> dict[str, Any]:
    body = {"name": name, "filters": filters, "shared_with": list(shared)}
    answer = await desk("POST", "/views", body)
    assert answer.status == 201, answer.body
    saved: dict[str, Any] = answer.body
    return saved


async def _names(desk: Desk, who: Principal) -> list[str]:
    answer = await desk("GET", "/views", who=who)
    return [one.name for one in SavedViews.model_validate(answer.body).items]


@pytest.fixture
async def views(desk: Desk) -> Desk:
    await asyncio.gather(*(desk.kept[name].delete_many({}) for name in ("views", "arrangements")))
    return desk


async def test_a_view_is_seen_by_those_it_is_shared_with_and_kept_by_dispatchers(views: Desk) -> None:
    own, shared = await _saved(views, "Моё"), await _saved(views, "Общее", "all", priority="high")
    assert await _names(views, SPECIALIST) == ["Моё", "Общее"]
    assert await _names(views, DISPATCHER) == ["Общее"]

    hidden = await views("PATCH", f"/views/{own['id']}", {"name": "Х"}, who=DISPATCHER)
    refused = await views("PATCH", f"/views/{shared['id']}", {"name": "Х"}, who=LIMITED)
    renamed = await views("PATCH", f"/views/{shared['id']}", {"name": "Срочные"}, who=DISPATCHER)
    stale = await views("DELETE", f"/views/{shared['id']}", if_match='"1"')
    gone = await views("DELETE", f"/views/{shared['id']}", if_match='"2"')

    assert [hidden.status, refused.status, renamed.status] == [404, 422, 200]
    assert (renamed.body["name"], renamed.body["filters"]["priority"]) == ("Срочные", "high")
    assert [stale.status, gone.status] == [409, 204]
    assert await _names(views, SPECIALIST) == ["Моё"]


async def test_saving_again_under_the_same_key_is_the_same_view(views: Desk) -> None:
    key, body = str(new_id()), {"name": "Один", "filters": {"view": "mine"}}
    first = await views("POST", "/views", body, idempotency_key=key)
    again = await views("POST", "/views", body, idempotency_key=key)
    other = await views("POST", "/views", {**body, "name": "Другой"}, idempotency_key=key)
    assert (first.status, again.status, other.status) == (201, 201, 409)
    assert first.body == again.body
    assert await _names(views, SPECIALIST) == ["Один"]


async def test_everybody_arranges_the_views_and_begins_with_one_of_them(views: Desk) -> None:
    one, two = await _saved(views, "А", "all"), await _saved(views, "Б", "all")
    arrangement = {"order": [two["id"], one["id"]], "home": two["id"]}

    assert (await views("PUT", "/views/arrangement", arrangement)).body["home"] == two["id"]

    assert await _names(views, SPECIALIST) == ["Б", "А"]
    assert await _names(views, DISPATCHER) == ["А", "Б"]
    await views("DELETE", f"/views/{two['id']}")
    assert (await views("GET", "/views")).body["home"] == "open"


async def _counts(views: Desk, who: Principal = SPECIALIST) -> dict[str, tuple[int | None, bool]]:
    """Until each is known: a busy machine may not count within the quarter of a second it has."""
    async with asyncio.timeout(30):
        while True:
            answer = await views("GET", "/views/counts", who=who)
            items = ViewCounts.model_validate(answer.body).items
            if all(one.count is not None for one in items):
                return {str(one.id): (one.count, one.more) for one in items}
            await asyncio.sleep(0.5)


async def test_counts_are_in_ones_own_limits_and_end_at_ninety_nine(views: Desk) -> None:
    high = await _saved(views, "Высокие", "all", priority="high")
    await asyncio.gather(*(views.receive() for _ in range(MOST_COUNTED + 1)))
    number = await views.receive(company=OTHER_COMPANY)
    await views("PATCH", f"/tickets/{number}", {"priority": "high", "assignee": str(SPECIALIST.id)})

    counts = await _counts(views)

    assert counts["open"] == counts["new"] == (99, True)
    assert counts["mine"] == counts[high["id"]] == (1, False)
    assert (await _counts(views, LIMITED))[high["id"]] == (0, False)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "filters": {}},
        {"name": "x" * 61, "filters": {}},
        {"name": "Х", "filters": {"view": "secret"}},
        {"name": "Х", "filters": {"q": {"$ne": ""}}},
        {"name": "Х", "filters": {"$where": "1"}},
        {"name": "Х", "filters": {}, "owner": {}},
        {"name": "Х", "filters": {}, "shared_with": ["everybody"]},
        {"name": "Х"},
    ],
)
async def test_what_is_not_offered_is_refused(views: Desk, body: Any) -> None:
    assert (await views("POST", "/views", body)).status == 422


async def test_views_are_for_staff(views: Desk) -> None:
    assert (await views("GET", "/views", who=DEVICE)).status == 403


async def test_everybody_chooses_what_to_be_told_of(views: Desk) -> None:
    await views.kept["notices"].delete_many({})
    before = await views("GET", "/notices")
    assert before.body == {"view": None, "assigned": True, "answered": True, "due": True}

    chosen = {"view": "new", "assigned": False, "answered": True, "due": False}
    assert (await views("PUT", "/notices", chosen)).body == chosen

    assert (await views("GET", "/notices")).body == chosen
    assert (await views("GET", "/notices", who=DISPATCHER)).body == before.body
    for wrong in ({"view": "secret"}, {"assigned": 1}, {"staff": "x"}, {"view": {"$ne": 1}}):
        assert (await views("PUT", "/notices", wrong)).status == 422
