"""Outbox, relay and lease on real servers: nothing lost, in order, by one relay at a time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chassis.broker import NotConfirmedError, Publisher
from chassis.lease import Lease
from chassis.mongo import Collection, Database
from chassis.outbox import outbox_fields
from chassis.relay import Relay
from tests.contract.chassis.conftest import Own, connected, through
from tests.contract.chassis.rig import Heard, Rabbit, add_document, own_listening, until
from tests.contract.chassis.tcp_proxy import TcpProxy

_NAME = "relay.things"


@pytest.fixture
def things(kept: Database) -> Collection:
    return kept["things"]


@pytest.fixture
async def heard(own: Own, rabbit: Rabbit) -> Heard:
    heard = Heard()
    await rabbit.hear(own.queue, heard)
    return heard


def _relay(things: Collection, publisher: Publisher) -> tuple[Relay, Lease]:
    lease = Lease(things.database, _NAME, uuid4())
    return Relay(things, publisher, lease, lambda _type: True), lease


@contextlib.asynccontextmanager
async def _running(things: Collection, publisher: Publisher) -> AsyncIterator[Lease]:
    """A replica with its relay, until it is stopped as a service stops it."""
    relay, lease = _relay(things, publisher)
    await relay.prepare()
    task = asyncio.create_task(relay.run())
    yield lease
    await relay.stop()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _is_empty(things: Collection) -> bool:
    return await things.find_one({"outbox_since": {"$exists": True}}) is None


async def test_events_go_out_in_order_for_each_document_and_leave_nothing_behind(
    things: Collection, publisher: Publisher, own: Own, heard: Heard
) -> None:
    async with _running(things, publisher):
        documents = [await add_document(things, own.kind, [0, 1, 2]) for _ in range(20)]
        for n in range(3, 8):
            await asyncio.gather(*(add_document(things, own.kind, [n], key) for key in documents))
        await until(lambda: len(set(heard.ids())) >= 20 * 8)
        await until(lambda: _is_empty(things))
    assert all(heard.numbers(key) == list(range(8)) for key in documents)
    left = await things.find_one({"_id": documents[0]})
    assert left is not None
    assert (left["outbox"], "outbox_since" in left) == ([], False)


async def test_what_waits_from_before_is_relayed_at_the_start(
    things: Collection, publisher: Publisher, own: Own, heard: Heard
) -> None:
    key = await add_document(things, own.kind, [1, 2])
    async with _running(things, publisher):
        await until(lambda: heard.numbers(key) == [1, 2])


async def test_nothing_is_lost_while_the_broker_is_away(
    amqp_url: str, things: Collection, own: Own, heard: Heard, rabbit_proxy: TcpProxy
) -> None:
    publisher = await connected(Publisher(through(rabbit_proxy, amqp_url), "tests"))
    async with _running(things, publisher):
        before = await add_document(things, own.kind, [1])
        await until(lambda: heard.numbers(before) == [1])
        await rabbit_proxy.cut()
        during = [await add_document(things, own.kind, [1, 2, 3]) for _ in range(10)]
        assert not await _is_empty(things)
        await rabbit_proxy.open()
        await until(lambda: all(set(heard.numbers(key)) == {1, 2, 3} for key in during))
        await until(lambda: _is_empty(things))
    await publisher.stop()


async def test_nothing_is_lost_when_the_connection_breaks_in_the_middle_of_publishing(
    amqp_url: str, things: Collection, own: Own, heard: Heard, rabbit_proxy: TcpProxy
) -> None:
    publisher = await connected(Publisher(through(rabbit_proxy, amqp_url), "tests"))
    keys = []
    async with _running(things, publisher):
        for _ in range(5):
            rabbit_proxy.silence()
            keys += [await add_document(things, own.kind, [1, 2]) for _ in range(10)]
            await rabbit_proxy.cut()
            rabbit_proxy.resume()
            await rabbit_proxy.open()
        await until(lambda: all(set(heard.numbers(key)) == {1, 2} for key in keys))
        await until(lambda: _is_empty(things))
    await publisher.stop()


async def test_a_lost_mark_means_published_again_with_the_same_id(
    things: Collection, publisher: Publisher, own: Own, heard: Heard
) -> None:
    """Killed between the confirm and the mark: the document still has its outbox."""
    key = await add_document(things, own.kind, [1])
    unmarked = await things.find_one({"_id": key})
    relay, _ = _relay(things, publisher)
    assert await relay.drain() == 1
    assert unmarked is not None
    await things.replace_one({"_id": key}, unmarked)
    assert await relay.drain() == 1
    await until(lambda: heard.numbers(key) == [1, 1])
    assert len(set(heard.ids())) == 1


async def test_an_event_queued_while_others_are_published_is_not_marked_with_them(
    things: Collection, publisher: Publisher, own: Own, heard: Heard
) -> None:
    key = await add_document(things, own.kind, [1])
    relay, _ = _relay(things, publisher)
    await asyncio.gather(relay.drain(), *(add_document(things, own.kind, [n], key) for n in range(2, 20)))
    while await relay.drain():
        pass
    await until(lambda: set(heard.numbers(key)) == set(range(1, 20)))


async def test_an_event_that_reaches_no_queue_stays_and_holds_up_no_other_document(
    things: Collection, publisher: Publisher, own: Own, heard: Heard
) -> None:
    _, unheard = own_listening()
    lost = await add_document(things, unheard, [1, 2])
    good = await add_document(things, own.kind, [1, 2])
    relay, _ = _relay(things, publisher)
    with pytest.raises(NotConfirmedError, match="no queue takes"):
        await relay.drain()
    await until(lambda: heard.numbers(good) == [1, 2])
    left = await things.find_one({"_id": lost})
    assert left is not None
    assert len(left["outbox"]) == 2


async def test_an_event_nobody_must_hear_goes_out_unheard(things: Collection, publisher: Publisher) -> None:
    _, unheard = own_listening()
    await add_document(things, unheard, [1])
    relay = Relay(things, publisher, Lease(things.database, _NAME, uuid4()), lambda _type: False)
    assert await relay.drain() == 1
    assert await _is_empty(things)


async def test_only_the_holder_of_the_lease_relays_and_hands_over_when_it_stops(
    amqp_url: str, things: Collection, own: Own, publisher: Publisher, heard: Heard
) -> None:
    async with contextlib.AsyncExitStack() as second_replica:
        async with _running(things, publisher) as first:
            await until(lambda: first.is_held)
            second = await second_replica.enter_async_context(_running(things, publisher))
            keys = [await add_document(things, own.kind, [1, 2]) for _ in range(50)]
            await until(lambda: _is_empty(things))
            await until(lambda: len(heard.events) >= 100)
            assert not second.is_held
        await until(lambda: second.is_held)
        late = await add_document(things, own.kind, [1])
        await until(lambda: heard.numbers(late) == [1])
    assert all(heard.numbers(key) == [1, 2] for key in keys)


async def test_a_lease_passes_on_when_it_ran_out_and_not_before(kept: Database) -> None:
    one, other = Lease(kept, _NAME, uuid4()), Lease(kept, _NAME, uuid4())
    await one.prepare()
    await other.prepare()
    assert [await one.acquire(), await other.acquire(), await one.acquire()] == [True, False, True]
    past = datetime.now(UTC) - timedelta(minutes=1)
    await kept["leases"].update_one({"_id": _NAME}, {"$set": {"until": past}})
    assert [await other.acquire(), await one.acquire()] == [True, False]
    assert [one.is_held, other.is_held] == [False, True]


async def test_the_holder_of_a_lease_learns_that_another_wants_it(kept: Database) -> None:
    one, other = Lease(kept, _NAME, uuid4()), Lease(kept, _NAME, uuid4())
    await one.prepare()
    await one.acquire()
    assert not one.is_wanted_by_others
    await other.acquire()
    await one.acquire()
    assert [one.is_wanted_by_others, other.is_wanted_by_others] == [True, False]
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    await kept["leases"].update_one({"_id": _NAME}, {"$set": {"wanted_at": long_ago}})
    await one.acquire()
    assert not one.is_wanted_by_others


async def test_a_lease_is_released_only_by_its_holder(kept: Database) -> None:
    one, other, third = (Lease(kept, _NAME, uuid4()) for _ in range(3))
    await one.prepare()
    assert await one.acquire()
    await other.release()
    assert not await third.acquire()
    await one.release()
    assert await third.acquire()
    assert not one.is_held


async def test_of_many_only_one_gets_the_lease(kept: Database) -> None:
    leases = [Lease(kept, _NAME, uuid4()) for _ in range(20)]
    await asyncio.gather(*(lease.prepare() for lease in leases))
    assert sum(await asyncio.gather(*(lease.acquire() for lease in leases))) == 1


async def test_the_backlog_is_counted_with_its_age(
    things: Collection, publisher: Publisher, own: Own
) -> None:
    relay, _ = _relay(things, publisher)
    assert await relay.backlog() == (0, 0.0)
    await add_document(things, own.kind, [1])
    at = datetime.now(UTC) - timedelta(minutes=5)
    event = own.kind(document=uuid4(), n=1)
    await things.insert_one({"_id": uuid4(), **outbox_fields([event], at)})
    count, age = await relay.backlog()
    assert count == 2
    assert 300 <= age < 400
