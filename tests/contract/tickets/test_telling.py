"""The past is told once more: every ticket with its work, and once for each wish."""

from __future__ import annotations

import json
from typing import Any

from chassis.clock import new_id, now
from services.tickets.remembering import until_there_is_room
from services.tickets.republish import republish_all
from services.tickets.store import Tellings
from services.tickets.use_cases.tell_history import tell_some
from tests.contract.tickets.conftest import Desk


async def _told(desk: Desk, number: int) -> list[dict[str, Any]]:
    found = await desk.events(number)
    return [event["data"] for event in found if event["type"] == "helpdesk.history.told.v1"]


async def test_every_ticket_is_told_with_the_work_in_its_log(desk: Desk) -> None:
    numbers = [await desk.receive() for _ in range(3)]
    path = f"/tickets/{numbers[1]}/entries"
    await desk("POST", path, {"text": "сделано", "minutes": 15, "additional": True})
    await desk("POST", path, {"text": "лишнее", "minutes": 5})
    entries = (await desk("GET", f"/tickets/{numbers[1]}")).body["entries"]
    lost = next(one["id"] for one in entries if one["text"] == "лишнее")
    await desk("PATCH", f"{path}/{lost}", {"minutes": None})
    assert await republish_all(desk.tickets, Tellings(desk.kept)) >= len(numbers)
    for number in numbers:
        told = await _told(desk, number)
        assert told[0]["ticket"]["number"] == number
        assert told[0]["ticket"]["version"] == (await desk("GET", f"/tickets/{number}")).body["version"]
    work = (await _told(desk, numbers[1]))[0]["work"]
    assert sorted((one["minutes"], one["additional"]) for one in work) == [(0, False), (15, True)]


async def test_the_end_says_how_many_there_were_and_comes_once(desk: Desk) -> None:
    await desk.kept["tellings"].delete_many({})
    last = [await desk.receive() for _ in range(3)][-1]
    tellings, wish = Tellings(desk.kept), new_id()
    for _ in range(2):
        await tellings.begin(wish, now())
    later = await desk.receive()
    while await tell_some(desk.tickets, tellings, now()):
        pass
    assert await tell_some(desk.tickets, tellings, now()) == 0
    document = await desk.kept["tellings"].find_one({"_id": wish})
    assert document is not None
    (said,) = [json.loads(pending["body"])["data"] for pending in document["outbox"]]
    assert (said["tickets"], said["last"]) == (3, last)
    assert await _told(desk, later)
    await until_there_is_room(desk.tickets)
