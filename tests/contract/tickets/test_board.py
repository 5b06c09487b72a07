"""The board of the day over HTTP."""

from __future__ import annotations

from datetime import timedelta

from chassis.clock import now
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk


async def test_the_board_shows_what_is_open_and_of_whom(desk: Desk) -> None:
    nobodys, mine, late = (
        await desk.receive(),
        await desk.receive(),
        await desk.receive(received_at=now() - timedelta(days=30)),
    )
    solved, foreign = await desk.receive(), await desk.receive(company=OTHER_COMPANY)
    await desk("PATCH", f"/tickets/{mine}", {"assignee": str(SPECIALIST.id)})
    await desk("PATCH", f"/tickets/{solved}", {"status": "resolved"})
    board = (await desk("GET", "/board")).body
    assert board["open"] == 4
    assert {one["number"] for one in board["unassigned"]["items"]} == {nobodys, late, foreign}
    assert board["unassigned"]["items"][0]["number"] == late
    assert [one["number"] for one in board["broken"]["items"]] == [late]
    assert [(one["staff"]["id"], one["open"]) for one in board["loads"]] == [(str(SPECIALIST.id), 1)]
    limited = (await desk("GET", "/board", who=LIMITED)).body
    assert foreign not in {one["number"] for one in limited["unassigned"]["items"]}
    assert (await desk("GET", "/board", who=DEVICE)).status == 403
