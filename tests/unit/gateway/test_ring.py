from contracts.tickets import Status
from gateway.live.ring import Ring
from tests.unit.gateway.tickets import happened, heard, state


def test_a_client_gets_what_came_after_the_last_event_it_heard() -> None:
    ring, events = Ring("start"), [heard() for _ in range(5)]
    for event in events:
        ring.add(event)

    assert ring.after(events[1].id) == events[2:]
    assert ring.after(events[-1].id) == []
    assert ring.after("start") == events


def test_an_event_too_long_ago_or_never_heard_is_not_known() -> None:
    ring, events = Ring("start", kept=3), [heard() for _ in range(5)]
    for event in events:
        ring.add(event)

    assert ring.after(events[0].id) is None
    assert ring.after("start") is None
    assert ring.after("nonsense") is None


def test_an_event_sent_again_by_the_relay_counts_once() -> None:
    ring, event = Ring("start"), heard()

    assert ring.add(event)
    assert not ring.add(event)


def test_the_version_of_a_ticket_is_the_newest_heard_lately() -> None:
    ring, ticket = Ring("start", kept=3), state()
    ring.add(heard(happened(ticket=ticket.model_copy(update={"version": 4}))))
    ring.add(heard(happened(ticket=ticket)))

    assert ring.version_of(ticket.submission_id) == 4
    ring.add(heard())
    ring.add(heard())
    assert ring.version_of(ticket.submission_id) == 0


def test_an_older_event_forgotten_leaves_the_newer_version_known() -> None:
    ring, ticket = Ring("start", kept=2), state()
    ring.add(heard(happened(ticket=ticket)))
    ring.add(heard(happened(ticket=ticket.model_copy(update={"version": 2}))))
    ring.add(heard())

    assert ring.version_of(ticket.submission_id) == 2


def test_what_ended_in_another_ticket_has_no_version_to_wait_for() -> None:
    ring, ticket = Ring("start"), state(status=Status.MERGED)
    ring.add(heard(happened(ticket=ticket)))

    assert ring.version_of(ticket.submission_id) == 0


def test_after_a_gap_nothing_before_is_known_any_more() -> None:
    ring, event = Ring("start"), heard()
    ring.add(event)

    ring.begin("anew")

    assert ring.after(event.id) is None
    assert ring.after("anew") == []
    assert ring.last_id == "anew"
