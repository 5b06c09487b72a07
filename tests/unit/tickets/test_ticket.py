"""What may be done with a ticket: its states, its reactions, its log and corrections."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from contracts.tickets import (
    EntryKind,
    Priority,
    Status,
    TicketAnswered,
    TicketChanged,
    TicketEvent,
    TicketNoted,
    TicketRated,
    TicketRegistered,
    TicketReopened,
    TicketResolved,
    TicketWorkLogged,
)
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry
from services.tickets.domain.registration import register
from services.tickets.domain.sla import DEFAULT_PLAN
from services.tickets.domain.status import followers
from services.tickets.domain.ticket import Ticket
from tests.unit.tickets.samples import (
    COLLEAGUE,
    MONDAY,
    REQUESTER,
    SPECIALIST,
    a_ticket,
    an_entry,
    entry_of,
    in_status,
    later,
    received,
    set_fields,
)

N, P, W, R, C, X, M = (
    Status.NEW,
    Status.IN_PROGRESS,
    Status.WAITING,
    Status.RESOLVED,
    Status.CLOSED,
    Status.CANCELLED,
    Status.MERGED,
)
ALLOWED = {N: {P, W, R, X}, P: {W, R, X}, W: {P, R, X}, R: {P, C}, C: {P}, X: {P}, M: set[Status]()}
PAIRS = [(before, after) for before in Status for after in Status if before is not after]


def _kinds(events: list[TicketEvent]) -> list[type[TicketEvent]]:
    return [type(event) for event in events]


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=[f"{b}-{a}" for b, a in PAIRS])
def test_each_step_of_the_state_machine_is_allowed_or_refused(before: Status, after: Status) -> None:
    ticket = in_status(before)
    if after in ALLOWED[before]:
        set_fields(ticket, later(hours=2), status=after)
        assert ticket.status is after
    else:
        with pytest.raises(RuleError, match="cannot go from"):
            set_fields(ticket, later(hours=2), status=after)
        assert ticket.status is before
    assert (after in followers(before)) == (after in ALLOWED[before])


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.CANCELLED])
def test_a_ticket_that_is_over_cannot_be_assigned(status: Status) -> None:
    ticket = in_status(status)
    with pytest.raises(RuleError, match="reopen it first"):
        set_fields(ticket, later(hours=2), assignee=COLLEAGUE)
    set_fields(ticket, later(hours=2), assignee=COLLEAGUE, status=Status.IN_PROGRESS)
    assert ticket.assignee == COLLEAGUE


def test_a_refused_change_changes_nothing() -> None:
    ticket = in_status(Status.IN_PROGRESS)
    before = ticket.model_copy(deep=True)
    with pytest.raises(RuleError):
        set_fields(ticket, later(hours=2), status=Status.RESOLVED, assignee=COLLEAGUE, title="Другое")
    assert ticket == before
    assert ticket.take_events() == []


def test_fields_that_stay_the_same_are_no_change() -> None:
    ticket = a_ticket()
    set_fields(ticket, later(hours=1), title=ticket.title, priority=Priority.NORMAL, assignee=None)
    assert (ticket.take_events(), ticket.entries) == ([], [])


def test_one_change_of_several_fields_is_one_entry_and_one_event() -> None:
    ticket = a_ticket()
    set_fields(ticket, later(hours=1), title="Принтер", priority=Priority.HIGH, assignee=COLLEAGUE)
    (event,) = ticket.take_events()
    assert {change.field for change in event.changes} == {"title", "priority", "assignee"}
    assert len(ticket.entries) == 1
    assert event.ticket.assignee == COLLEAGUE


def test_a_resolution_is_told_as_such_and_as_a_change() -> None:
    ticket = in_status(Status.IN_PROGRESS)
    set_fields(ticket, later(hours=2), status=Status.RESOLVED)
    events = ticket.take_events()
    assert _kinds(events) == [TicketResolved, TicketChanged]
    assert len({event.ticket.version for event in events}) == 1


@pytest.mark.parametrize(
    ("entry", "reacts"),
    [
        (an_entry("note", later(minutes=5)), False),
        (an_entry("answer", later(minutes=5)), True),
        (an_entry("work", later(minutes=5), minutes=10), True),
    ],
    ids=["note", "answer", "work"],
)
def test_which_entries_are_a_reaction(entry: Entry, *, reacts: bool) -> None:
    ticket = a_ticket()
    ticket.log_entry(entry, DEFAULT_PLAN)
    assert (ticket.clock.reacted_at == entry.at) is reacts


@pytest.mark.parametrize(
    ("wanted", "reacts"),
    [
        ({"status": Status.IN_PROGRESS}, True),
        ({"status": Status.RESOLVED}, True),
        ({"status": Status.CANCELLED}, False),
        ({"assignee": COLLEAGUE}, False),
        ({"priority": Priority.HIGH}, False),
    ],
    ids=["taking", "resolving", "cancelling", "assigning", "weighing"],
)
def test_which_changes_are_a_reaction(wanted: dict[str, Any], *, reacts: bool) -> None:
    ticket = a_ticket()
    set_fields(ticket, later(minutes=5), **wanted)
    assert bool(ticket.clock.reacted_at) is reacts


def test_the_requesters_own_reply_is_no_reaction() -> None:
    ticket = a_ticket()
    ticket.reply(an_entry("reply", later(minutes=5)), DEFAULT_PLAN)
    assert ticket.clock.reacted_at is None


@pytest.mark.parametrize("kind", ["reply", "reopening"])
@pytest.mark.parametrize("text", ["Снова не работает", ""])
@pytest.mark.parametrize("status", list(Status))
def test_every_word_of_the_requester_is_told_and_raises_the_version(
    status: Status, text: str, kind: EntryKind
) -> None:
    ticket = in_status(status)
    version = ticket.version
    ticket.reply(an_entry(kind, later(hours=2), text=text), DEFAULT_PLAN)
    awakened = status in (Status.WAITING, Status.RESOLVED, Status.CLOSED)
    assert ticket.status is (Status.IN_PROGRESS if awakened else status)
    assert ticket.reopened == (status in (Status.RESOLVED, Status.CLOSED))
    kinds = _kinds(ticket.take_events())
    assert kinds
    assert (TicketReopened in kinds) == bool(ticket.reopened)
    assert ticket.version == version + 1


def test_a_rating_is_kept_and_told() -> None:
    ticket = in_status(Status.RESOLVED)
    ticket.rate(an_entry("rating", later(hours=3), text="5/5"), 5)
    (event,) = ticket.take_events()
    assert isinstance(event, TicketRated)
    assert (event.ticket.rating, ticket.status) == (5, Status.RESOLVED)


@pytest.mark.parametrize(
    ("entry", "kinds"),
    [
        (an_entry("answer", later(minutes=5)), [TicketAnswered]),
        (an_entry("answer", later(minutes=5), minutes=5), [TicketAnswered, TicketWorkLogged]),
        (an_entry("work", later(minutes=5), minutes=5), [TicketWorkLogged]),
        (an_entry("note", later(minutes=5)), [TicketNoted]),
    ],
    ids=["answer", "answer with work", "work", "note"],
)
def test_what_is_told_of_an_entry_and_of_its_correction(entry: Entry, kinds: list[type[TicketEvent]]) -> None:
    ticket = a_ticket()
    ticket.log_entry(entry, DEFAULT_PLAN)
    assert _kinds(ticket.take_events()) == kinds
    ticket.correct_entry(entry.id, {"text": "иначе"}, SPECIALIST, later(hours=1))
    assert _kinds(ticket.take_events()) == kinds


def test_a_correction_keeps_what_was_said_before() -> None:
    ticket = a_ticket()
    work = an_entry("work", later(minutes=5), text="заменил картридж", minutes=30, additional=True)
    ticket.log_entry(work, DEFAULT_PLAN)
    ticket.correct_entry(work.id, {"minutes": 20}, SPECIALIST, later(hours=1))
    ticket.correct_entry(work.id, {"text": "заменил барабан"}, SPECIALIST, later(hours=2))
    corrected = entry_of(ticket, work.id)
    assert (corrected.text, corrected.minutes, corrected.additional) == ("заменил барабан", 20, True)
    assert [(c.text, c.minutes, c.at) for c in corrected.corrections] == [
        ("заменил картридж", 30, later(hours=1)),
        ("заменил картридж", 20, later(hours=2)),
    ]
    assert (ticket.minutes, ticket.additional_minutes) == (20, 20)


def test_work_without_its_minutes_becomes_a_note_and_is_still_told_as_work() -> None:
    ticket = a_ticket()
    work = an_entry("work", later(minutes=5), minutes=30)
    ticket.log_entry(work, DEFAULT_PLAN)
    ticket.take_events()
    ticket.correct_entry(work.id, {"minutes": None}, SPECIALIST, later(hours=1))
    assert (entry_of(ticket, work.id).kind, ticket.minutes) == ("note", 0)
    assert _kinds(ticket.take_events()) == [TicketWorkLogged]


@pytest.mark.parametrize("kind", ["reply", "reopening", "rating", "change"])
def test_only_what_a_specialist_wrote_can_be_corrected(kind: EntryKind) -> None:
    ticket = a_ticket()
    entry = an_entry(kind, later(minutes=5))
    ticket.entries.append(entry)
    with pytest.raises(RuleError, match="only what a specialist wrote"):
        ticket.correct_entry(entry.id, {"text": "иначе"}, SPECIALIST, later(hours=1))


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (an_entry("answer", later(minutes=5), minutes=5), {"text": ""}),
        (an_entry("note", later(minutes=5)), {"text": ""}),
        (an_entry("work", later(minutes=5), text="", minutes=5), {"minutes": 0}),
    ],
    ids=["an answer without text", "an empty note", "work without minutes or text"],
)
def test_a_correction_must_leave_something_said(entry: Entry, wanted: dict[str, Any]) -> None:
    ticket = a_ticket()
    ticket.log_entry(entry, DEFAULT_PLAN)
    with pytest.raises(RuleError, match="needs a text"):
        ticket.correct_entry(entry.id, wanted, SPECIALIST, later(hours=1))


def test_an_entry_that_is_not_there_cannot_be_corrected() -> None:
    with pytest.raises(RuleError, match="no such entry"):
        a_ticket().correct_entry(new_id(), {"text": "x"}, SPECIALIST, MONDAY)


def test_a_submission_becomes_a_ticket_whose_clock_started_when_it_was_received() -> None:
    submission = received(MONDAY)
    at = later(hours=2)
    ticket = register(submission, ticket_id=new_id(), number=7, at=at, plan=DEFAULT_PLAN)
    (event,) = ticket.take_events()
    assert isinstance(event, TicketRegistered)
    assert (event.ticket.number, event.ticket.version, event.ticket.status) == (7, 1, Status.NEW)
    assert event.ticket.sla.reaction_due == later(minutes=30)
    assert event.ticket.sla.state == "broken"
    assert event.author == REQUESTER
    assert Ticket.model_validate(ticket.model_dump()) == ticket


def test_each_event_of_one_deed_says_how_many_are_still_to_come() -> None:
    ticket = in_status(P)
    ticket.log_entry(an_entry("answer", later(hours=2)), DEFAULT_PLAN)
    set_fields(ticket, later(hours=2), status=R)
    events = ticket.take_events()
    assert [(type(event), event.more) for event in events] == [
        (TicketAnswered, 2),
        (TicketResolved, 1),
        (TicketChanged, 0),
    ]
