"""The way to RabbitMQ heals by itself, however it was lost."""

from __future__ import annotations

from urllib.parse import urlsplit

from chassis.broker import NotConfirmedError, Publisher
from tests.contract.chassis.conftest import connected
from tests.contract.chassis.rig import until
from tests.faults.proxy import Proxy


async def test_a_connection_that_is_taken_and_never_answered_is_given_up(amqp_url: str) -> None:
    """As behind a router that forgot us: nobody closes it. Without a limit one waits for ever."""
    at = urlsplit(amqp_url)
    proxy = Proxy((at.hostname or "", at.port or 0))
    async with proxy.listening():
        publisher = await connected(Publisher(amqp_url.replace(f":{at.port}", f":{proxy.port}"), "tests"))
        proxy.silence()
        await proxy.cut()
        await until(lambda: proxy.connections > 0)
        proxy.heal()
        await until(lambda: _answers(publisher))
        await publisher.stop()


async def _answers(publisher: Publisher) -> bool:
    try:
        await publisher.probe()
    except NotConfirmedError:
        return False
    return True
