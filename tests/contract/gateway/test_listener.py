import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry

from chassis.broker import Publisher
from chassis.clock import new_id
from chassis.principal import Principal
from gateway.live.connection import Connection
from gateway.live.hub import Hub
from gateway.live.listener import Listener
from gateway.live.stream import STAFF_EVENTS
from tests.contract.gateway.desk import eventually
from tests.unit.gateway.tickets import body_of, happened

PATIENCE = 30.0


class Wire:
    """A TCP connection that can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._open: list[asyncio.StreamWriter] = []

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._target)
        self._open += [writer, back]
        await asyncio.gather(_pump(reader, back), _pump(there, writer))

    def cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def wired(amqp_url: str) -> AsyncIterator[tuple[str, Wire]]:
    address = urlsplit(amqp_url)
    wire = Wire(str(address.hostname), int(address.port or 5672))
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield amqp_url.replace(f":{address.port}", f":{port}"), wire
    wire.cut()
    server.close()


async def said(publisher: Publisher) -> str:
    event = happened()
    event_id = new_id()

    async def published() -> bool:
        await publisher.publish_event(
            body_of(event, event_id),
            event_id=event_id,
            event_type=event.TYPE,
            traceparent=None,
            must_be_heard=False,
        )
        return True

    await eventually(published)
    return str(event_id)


async def test_after_a_cut_everybody_reads_afresh_and_events_come_again(amqp_url: str) -> None:
    hub = Hub(CollectorRegistry(), most=10)
    viewer = Connection("x", Principal(kind="staff", id=new_id(), full_name="Кто-то"), STAFF_EVENTS)
    publisher = Publisher(amqp_url, "tests")
    publisher.start()
    async with wired(amqp_url) as (url, wire):
        listener = Listener(url, hub)
        listening = asyncio.create_task(listener.run())
        await eventually(lambda: _listens(listener))
        hub.join(viewer, None)
        await viewer.take(PATIENCE)
        before = await _after_connecting(publisher)
        assert before.encode() in await viewer.take(PATIENCE)

        wire.cut()

        assert b"event: reset" in await viewer.take(PATIENCE)
        after = await said(publisher)
        assert after.encode() in await viewer.take(PATIENCE)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    await publisher.stop()


async def _listens(listener: Listener) -> bool:
    return listener.is_listening


async def _after_connecting(publisher: Publisher) -> str:
    async def connected() -> bool:
        return bool(publisher._connecting and publisher._connecting.done())

    await eventually(connected)
    return await said(publisher)
