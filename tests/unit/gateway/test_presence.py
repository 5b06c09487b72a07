"""Who has which ticket open: told once, gone by itself, agreed by replicas, and within everybody's limits."""

from __future__ import annotations

import orjson
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from chassis.clock import new_id
from chassis.principal import Principal
from gateway.live.connection import Connection
from gateway.live.hub import Hub
from gateway.live.presence import FADES_SECONDS, STAYS_SECONDS, Presence, Seen
from gateway.live.stream import REQUESTER_EVENTS, STAFF_EVENTS
from tests.unit.gateway.tickets import COMPANY

TAB, STAFF = new_id(), new_id()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def seen(number: int | None = 7, **changed: object) -> Seen:
    known = Seen(tab=TAB, staff_id=STAFF, full_name="Орлов Пётр", number=number, company_id=COMPANY)
    return known.model_copy(update=changed)


def test_what_is_said_again_is_told_once() -> None:
    presence = Presence()
    assert presence.take(seen()) == {7}
    assert presence.take(seen()) == set()
    assert presence.take(seen(typing=True)) == {7}
    assert presence.take(seen(8)) == {7, 8}
    assert presence.take(seen(None)) == {8}
    assert presence.at(8).who == []


def test_a_person_with_two_tabs_is_there_once_and_types_in_either() -> None:
    presence = Presence()
    presence.take(seen(typing=True))
    presence.take(seen(tab=new_id()))
    assert [(one.id, one.typing) for one in presence.at(7).who] == [(STAFF, True)]


def test_who_is_not_heard_of_again_is_gone() -> None:
    clock = Clock()
    presence = Presence(clock)
    presence.take(seen())
    clock.now = STAYS_SECONDS - 1
    assert presence.expire() == set()
    presence.take(seen(seconds=FADES_SECONDS))
    clock.now += FADES_SECONDS
    assert presence.expire() == {7}
    assert presence.companies() == {}


def test_nobody_speaks_for_somebody_elses_tab() -> None:
    presence = Presence()
    presence.take(seen())
    presence.take(seen(None, staff_id=new_id()))
    assert len(presence.at(7).who) == 1


_PLACES = st.builds(
    seen,
    st.one_of(st.none(), st.integers(1, 3)),
    tab=st.sampled_from([new_id() for _ in range(3)]),
    staff_id=st.sampled_from([STAFF, new_id()]),
    typing=st.booleans(),
)


@given(st.lists(_PLACES, max_size=30))
def test_what_is_told_as_changed_is_all_that_changed(said: list[Seen]) -> None:
    presence = Presence()
    for one in said:
        before = {number: presence.at(number) for number in (1, 2, 3)}
        told = presence.take(one)
        assert {number for number in before if presence.at(number) != before[number]} <= told


def connected(hub: Hub, *companies: object, device: bool = False) -> Connection:
    kind = "device" if device else "staff"
    principal = Principal.model_validate(
        {"kind": kind, "id": new_id(), "full_name": "Кто-то", "companies": companies or None}
    )
    connection = Connection("owner", principal, REQUESTER_EVENTS if device else STAFF_EVENTS)
    hub.join(connection, None)
    return connection


async def _told(connection: Connection) -> list[dict[str, object]]:
    lines = (await connection.take(0.01)).split(b"\n")
    said = [orjson.loads(line[6:]) for line in lines if line.startswith(b"data: ")]
    return [one for one in said if "who" in one]


async def test_only_staff_who_may_see_the_ticket_are_told_and_a_newcomer_at_once() -> None:
    hub = Hub(CollectorRegistry(), most=10)
    everywhere, here, elsewhere = connected(hub), connected(hub, COMPANY), connected(hub, new_id())
    device = connected(hub, device=True)

    hub.see(seen(typing=True))
    newcomer = connected(hub)

    who = [{"id": str(STAFF), "full_name": "Орлов Пётр", "typing": True}]
    for one in (everywhere, here, newcomer):
        assert await _told(one) == [{"number": 7, "who": who}]
    assert await _told(elsewhere) == await _told(device) == []
    hub.see(seen(None))
    assert await _told(here) == [{"number": 7, "who": []}]


async def test_replicas_agree_and_what_comes_back_of_ones_own_is_not_believed() -> None:
    one, other = Hub(CollectorRegistry(), most=10), Hub(CollectorRegistry(), most=10)
    said: list[bytes] = []
    one.announce = said.append
    witness = connected(other)

    one.see(seen())
    one.see(seen(None))
    for body in said:
        echo = Seen.parse(body)
        assert echo
        one.hear_of(echo)
        other.hear_of(echo)

    assert [place["who"] != [] for place in await _told(witness)] == [True, False]
    assert one.presence(witness.principal) == []


async def test_a_connection_that_ends_leaves_its_place_soon() -> None:
    hub = Hub(CollectorRegistry(), most=10)
    said: list[bytes] = []
    hub.announce = said.append
    principal = Principal(kind="staff", id=STAFF, full_name="Орлов Пётр")
    connection = Connection("owner", principal, STAFF_EVENTS, TAB)
    hub.join(connection, None)
    hub.see(seen())

    hub.leave(connection)

    assert orjson.loads(said[-1])["seconds"] == FADES_SECONDS


def test_what_is_no_word_of_ours_is_not_heard() -> None:
    for body in (b"", b"[]", b"\xff", b"{}", b" " * 10_000, seen().model_dump_json().encode() * 9):
        assert Seen.parse(body) is None
