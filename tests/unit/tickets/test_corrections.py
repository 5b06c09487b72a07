"""A correction: what it may change, what it keeps and what is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from contracts.tickets import EntryKind, TicketAnswered, TicketEvent, TicketNoted, TicketWorkLogged
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry
from services.tickets.domain.plan import DEFAULT_PLAN
from tests.unit.tickets.samples import MONDAY, SPECIALIST, a_ticket, an_entry, entry_of, kinds_of, later


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
    assert kinds_of(ticket.take_events()) == kinds
    ticket.correct_entry(entry.id, {"text": "иначе"}, SPECIALIST, later(hours=1))
    assert kinds_of(ticket.take_events()) == kinds


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


def test_a_correction_that_changes_nothing_is_none() -> None:
    ticket = a_ticket()
    work = an_entry("work", later(minutes=5), minutes=30)
    ticket.log_entry(work, DEFAULT_PLAN)
    ticket.take_events()
    ticket.correct_entry(work.id, {"minutes": 30, "text": work.text}, SPECIALIST, later(hours=1))
    assert ticket.entries == [work.model_copy(update={"version": ticket.version})]
    assert not ticket.take_events()


def test_work_without_its_minutes_becomes_a_note_and_is_still_told_as_work() -> None:
    ticket = a_ticket()
    work = an_entry("work", later(minutes=5), minutes=30)
    ticket.log_entry(work, DEFAULT_PLAN)
    ticket.take_events()
    ticket.correct_entry(work.id, {"minutes": None}, SPECIALIST, later(hours=1))
    assert (entry_of(ticket, work.id).kind, ticket.minutes) == ("note", 0)
    assert kinds_of(ticket.take_events()) == [TicketWorkLogged]


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
