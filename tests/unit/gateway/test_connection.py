import pytest
from prometheus_client import CollectorRegistry

from chassis.clock import new_id
from chassis.principal import Principal
from chassis.problems import Problem
from gateway.live.connection import MOST_WAITING, Connection
from gateway.live.hub import Hub
from gateway.live.stream import STAFF_EVENTS
from tests.unit.gateway.tickets import heard

LONG = 30.0


def connection(owner: str = "somebody") -> Connection:
    return Connection(owner, Principal(kind="staff", id=new_id(), full_name="Кто-то"), STAFF_EVENTS)


def hub(most: int = 10) -> Hub:
    return Hub(CollectorRegistry(), most=most)


async def test_everybody_connected_gets_an_event() -> None:
    live, first, second = hub(), connection(), connection()
    for one in (first, second):
        live.join(one, None)
        await one.take(LONG)
    event = heard()

    live.publish(event)

    for one in (first, second):
        assert f"id: {event.id}\nevent: ticket\ndata: {{".encode() in await one.take(LONG)


async def test_the_first_bytes_say_where_a_later_connection_goes_on() -> None:
    live, one = hub(), connection()

    live.join(one, None)

    assert await one.take(LONG) == f"id: {live.last_id}\n\n".encode()


async def test_a_connection_that_comes_back_gets_what_it_missed() -> None:
    live = hub()
    before, missed = heard(), heard()
    live.publish(before)
    live.publish(missed)
    again = connection()

    live.join(again, before.id)

    sent = await again.take(LONG)
    assert missed.id.encode() in sent
    assert before.id.encode() not in sent


async def test_a_connection_that_comes_back_too_late_is_told_to_read_afresh() -> None:
    live, again = hub(), connection()

    live.join(again, str(new_id()))

    assert b"event: reset" in await again.take(LONG)


async def test_who_is_too_slow_is_told_so_and_goes_on_from_there() -> None:
    live, slow = hub(), connection()
    live.join(slow, None)
    for _ in range(MOST_WAITING):
        live.publish(heard())

    sent = await slow.take(LONG)

    assert sent == f"id: {live.last_id}\nevent: reset\ndata: {{}}\n\n".encode()


async def test_after_a_gap_everybody_reads_afresh() -> None:
    live, one = hub(), connection()
    live.join(one, None)

    live.begin_anew()

    assert b"event: reset" in await one.take(LONG)


async def test_a_connection_ends_with_its_session() -> None:
    live, theirs, others = hub(), connection("this"), connection("other")
    live.join(theirs, None)
    live.join(others, None)

    live.end("this")

    assert theirs.is_ended
    assert not others.is_ended


async def test_nobody_may_join_beyond_the_bound_or_after_the_end() -> None:
    live = hub(most=1)
    live.join(connection(), None)
    with pytest.raises(Problem) as refusal:
        live.join(connection(), None)
    assert refusal.value.status == 503

    closed = hub()
    closed.close()
    with pytest.raises(Problem):
        closed.join(connection(), None)
