"""Several tickets at once: each is answered for itself, and the same key does nothing twice."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from contracts.bulk_http import MOST_AT_ONCE, BulkAnswer
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk


async def _bulk(desk: Desk, numbers: list[int], change: dict[str, Any], **options: Any) -> BulkAnswer:
    answer = await desk("POST", "/tickets/bulk", {"numbers": numbers, "change": change}, **options)
    assert answer.status == 200, answer.body
    return BulkAnswer.model_validate(answer.body)


async def test_what_cannot_be_changed_is_named_and_the_others_are_changed(desk: Desk) -> None:
    done, open_one = await desk.receive(), await desk.receive()
    await desk("PATCH", f"/tickets/{done}", {"status": "resolved"})

    answer = await _bulk(desk, [done, open_one, 999_999], {"status": "closed"})

    assert answer.changed == 1
    assert [(one.number, one.status, one.field) for one in answer.items] == [
        (done, 200, None),
        (open_one, 422, "status"),
        (999_999, 404, None),
    ]
    assert (await desk("GET", f"/tickets/{done}")).body["status"] == "closed"


async def test_the_same_key_again_leaves_alone_what_somebody_changed_meanwhile(desk: Desk) -> None:
    number, key = await desk.receive(), str(new_id())
    await _bulk(desk, [number], {"priority": "urgent"}, idempotency_key=key)
    await desk("PATCH", f"/tickets/{number}", {"priority": "low"})

    again = await _bulk(desk, [number, number], {"priority": "urgent"}, idempotency_key=key)

    assert [one.status for one in again.items] == [200]
    assert (await desk("GET", f"/tickets/{number}")).body["priority"] == "low"


async def test_several_are_assigned_and_categorised_at_once(desk: Desk) -> None:
    numbers = [await desk.receive() for _ in range(12)]
    await desk.categorise("Печать")

    answer = await _bulk(desk, numbers, {"assignee": str(SPECIALIST.id), "category": "Печать"})

    assert answer.changed == 12
    assert [one.number for one in answer.items] == numbers
    page = await desk(
        "GET", f"/tickets?assignee={SPECIALIST.id}&category=%D0%9F%D0%B5%D1%87%D0%B0%D1%82%D1%8C"
    )
    assert len(page.body["items"]) == 12


async def test_a_ticket_of_another_company_is_as_good_as_absent(desk: Desk) -> None:
    number = await desk.receive(company=OTHER_COMPANY)

    answer = await _bulk(desk, [number, 999_999], {"priority": "high"}, who=LIMITED)

    assert [(one.status, one.detail) for one in answer.items] == [(404, "There is no such ticket.")] * 2


@pytest.mark.parametrize(
    "body",
    [
        {"numbers": [], "change": {"priority": "high"}},
        {"numbers": list(range(1, MOST_AT_ONCE + 2)), "change": {"priority": "high"}},
        {"numbers": [1], "change": {}},
        {"numbers": [1], "change": {"title": "Одно на всех"}},
        {"numbers": [1], "change": {"number": 5}},
        {"numbers": ["1"], "change": {"priority": "high"}},
        {"numbers": [True], "change": {"priority": "high"}},
        {"numbers": [0], "change": {"priority": "high"}},
        {"numbers": [1], "change": {"status": {"$ne": ""}}},
        {"numbers": [1], "change": {"priority": "high"}, "version": 1},
    ],
)
async def test_what_is_not_offered_is_refused(desk: Desk, body: Any) -> None:
    assert (await desk("POST", "/tickets/bulk", body)).status == 422


async def test_only_staff_change_tickets(desk: Desk) -> None:
    answer = await desk("POST", "/tickets/bulk", {"numbers": [1], "change": {"status": "closed"}}, who=DEVICE)
    assert answer.status == 403
