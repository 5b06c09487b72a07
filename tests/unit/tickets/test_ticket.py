"""What may be done with a ticket: its states, its reactions, its log and corrections."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from contracts.intake import FileRef
from contracts.tickets import (
    EntryKind,
    Priority,
    Status,
    TicketAnswered,
    TicketChanged,
    TicketRated,
    TicketRegistered,
    TicketReopened,
    TicketResolved,
)
from services.tickets.domain import ticket as ticket_rules
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.registration import register
from services.tickets.domain.status import followers
from services.tickets.domain.ticket import Ticket
from tests.unit.tickets.samples import (
    COLLEAGUE,
    MONDAY,
    REQUESTER,
    SPECIALIST,
    a_ticket,
    an_entry,
    in_status,
    kinds_of,
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
    set_fields(ticket, later(minutes=5), title="Принтер", priority=Priority.HIGH, assignee=COLLEAGUE)
    (event,) = ticket.take_events()
    assert {change.field for change in event.changes} == {"title", "priority", "assignee"}
    assert len(ticket.entries) == 1
    assert event.ticket.assignee == COLLEAGUE


def test_a_resolution_is_told_as_such_and_as_a_change() -> None:
    ticket = in_status(Status.IN_PROGRESS)
    set_fields(ticket, later(hours=2), status=Status.RESOLVED)
    events = ticket.take_events()
    assert kinds_of(events) == [TicketResolved, TicketChanged]
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
    kinds = kinds_of(ticket.take_events())
    assert kinds
    assert (TicketReopened in kinds) == bool(ticket.reopened)
    assert ticket.version == version + 1


def test_files_alone_are_told_as_a_word_even_where_they_change_the_status() -> None:
    ticket = in_status(Status.RESOLVED)
    photo = FileRef(id=new_id(), kind="screenshot", name="a.png", content_type="image/png", size=3)
    reopening = an_entry("reopening", later(hours=2), text="").model_copy(update={"files": (photo,)})
    ticket.reply(reopening, DEFAULT_PLAN)
    assert kinds_of(ticket.take_events()) == [TicketReopened, TicketChanged, TicketAnswered]


def test_what_the_requesters_word_brought_about_is_in_the_log_once() -> None:
    ticket = in_status(Status.WAITING)
    reply = an_entry("reply", later(hours=2))
    ticket.reply(reply, DEFAULT_PLAN)
    *_, said, changed = ticket.entries
    assert said == reply.model_copy(update={"version": said.version})
    assert (changed.kind, changed.author, changed.at) == ("change", REQUESTER, later(hours=2))
    assert [(c.field, c.before, c.after) for c in changed.changes] == [("status", "waiting", "in_progress")]
    assert changed.id == reply.that_changed(changed.changes[0]).id
    ticket.reply(an_entry("reply", later(hours=3)), DEFAULT_PLAN)
    assert ticket.entries[-1].kind == "reply"


def test_a_rating_is_kept_and_told() -> None:
    ticket = in_status(Status.RESOLVED)
    ticket.rate(an_entry("rating", later(hours=3), text="5/5"), 5)
    (event,) = ticket.take_events()
    assert isinstance(event, TicketRated)
    assert (event.ticket.rating, ticket.status) == (5, Status.RESOLVED)


def test_there_is_an_end_to_what_a_ticket_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its document would grow until nothing can be done with it any more, not even closing it."""
    monkeypatch.setattr(ticket_rules, "MOST_CHARACTERS", 30)
    ticket = a_ticket()
    note = an_entry("note", later(minutes=5), text="x" * 15)
    ticket.log_entry(note, DEFAULT_PLAN)
    with pytest.raises(RuleError, match="a new one"):
        ticket.log_entry(an_entry("note", later(minutes=6), text="x" * 16), DEFAULT_PLAN)
    ticket.correct_entry(note.id, {"text": "y" * 15}, SPECIALIST, later(minutes=7))
    with pytest.raises(RuleError, match="a new one"):
        ticket.correct_entry(note.id, {"text": "z"}, SPECIALIST, later(minutes=8))
    ticket.log_entry(an_entry("work", later(minutes=9), text="", minutes=5), DEFAULT_PLAN)
    ticket.reply(an_entry("reply", later(minutes=10)), DEFAULT_PLAN)
    set_fields(ticket, later(hours=1), status=R)


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
