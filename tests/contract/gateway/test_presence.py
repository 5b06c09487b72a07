"""Presence over HTTP, and two replicas of the gateway that agree through RabbitMQ."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry

from chassis.clock import new_id
from chassis.principal import Principal
from gateway.live.hub import Hub
from gateway.live.listener import Listener
from gateway.live.presence import Seen
from tests.contract.gateway.desk import Desk, eventually

SOMEBODY = Principal(kind="staff", id=new_id(), full_name="Кто-то")


async def test_two_replicas_agree_on_who_has_a_ticket_open(amqp_url: str) -> None:
    hubs = [Hub(CollectorRegistry(), most=10) for _ in range(2)]
    listeners = [Listener(amqp_url, hub) for hub in hubs]
    running = [asyncio.create_task(listener.run()) for listener in listeners]
    seen = Seen(tab=new_id(), staff_id=new_id(), full_name="Орлов Пётр", number=7, company_id=new_id())
    hubs[0].announce = listeners[0].tell

    async def said() -> bool:
        if all(listener.is_listening for listener in listeners):
            hubs[0].see(seen)
        return bool(hubs[1].presence(SOMEBODY))

    await eventually(said)
    assert hubs[1].presence(SOMEBODY) == hubs[0].presence(SOMEBODY)
    hubs[0].see(seen.model_copy(update={"number": None}))

    async def left() -> bool:
        return not hubs[1].presence(SOMEBODY)

    await eventually(left)
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_a_ticket_that_is_not_there_is_answered_like_any_other_and_told_to_nobody(desk: Desk) -> None:
    async with desk.specialist() as browser:
        body = {"tab": str(new_id()), "number": 41, "typing": True}
        assert (await browser.call("POST", "/api/v1/presence", body)).status == 204
        assert (await browser.call("GET", "/api/v1/presence")).body == {"items": []}


async def test_presence_is_for_staff_and_takes_only_what_is_offered(desk: Desk) -> None:
    async with desk.browser() as browser:
        assert (await browser.call("POST", "/api/v1/presence", {"tab": str(new_id())})).status == 401
    async with desk.specialist() as browser:
        for wrong in (
            {},
            {"tab": "x"},
            {"tab": str(new_id()), "number": 0},
            {"tab": str(new_id()), "who": 1},
        ):
            assert (await browser.call("POST", "/api/v1/presence", wrong)).status == 422
        browser.csrf = ""
        assert (await browser.call("POST", "/api/v1/presence", {"tab": str(new_id())})).status == 403
