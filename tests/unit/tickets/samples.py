"""Tickets, people and moments the tests speak of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import new_id
from contracts.intake import Requester, SubmissionReceived
from contracts.people import Author, CompanyRef, PersonRef, StaffRef
from contracts.tickets import EntryKind, Status, TicketEvent
from services.tickets.domain.log import Entry
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.registration import register
from services.tickets.domain.ticket import Ticket

MOSCOW = ZoneInfo("Europe/Moscow")
# A Monday, ten in the morning in Moscow: the middle of working time.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=MOSCOW).astimezone(UTC)
COMPANY = CompanyRef(id=new_id(), name="ООО «Ромашка»")
PERSON = PersonRef(id=new_id(), full_name="Иванова Мария Петровна")
SPECIALIST = Author(kind="staff", id=new_id(), full_name="Орлов Пётр Ильич")
REQUESTER = Author(kind="person", id=PERSON.id, full_name=PERSON.full_name)
COLLEAGUE = StaffRef(id=new_id(), full_name="Белова Анна Сергеевна")


def later(**by: float) -> datetime:
    return MONDAY + timedelta(**by)


def received(at: datetime = MONDAY, **fields: Any) -> SubmissionReceived:
    said: dict[str, Any] = {
        "submission_id": new_id(),
        "channel": "bureaucrat",
        "title": "Не печатает принтер",
        "description": "Горит красная лампочка",
        "requester": Requester(person=PERSON, company=COMPANY, device_id=new_id()),
        "received_at": at,
    }
    return SubmissionReceived(**{**said, **fields})


def a_ticket(at: datetime = MONDAY, **fields: Any) -> Ticket:
    """A registered ticket whose registration was already told."""
    ticket = register(received(at, **fields), ticket_id=new_id(), number=1, at=at, plan=DEFAULT_PLAN)
    ticket.take_events()
    return ticket


def an_entry(kind: EntryKind, at: datetime, *, text: str = "текст", **fields: Any) -> Entry:
    author = REQUESTER if kind in ("reply", "reopening", "rating") else SPECIALIST
    public = kind in ("answer", "reply", "reopening", "rating")
    said = {"id": new_id(), "at": at, "author": author, "kind": kind, "text": text, "public": public}
    return Entry(**{**said, **fields})


def set_fields(ticket: Ticket, at: datetime, author: Author = SPECIALIST, **wanted: Any) -> None:
    ticket.change(wanted, author, at, DEFAULT_PLAN, new_id())


def in_status(status: Status) -> Ticket:
    """A ticket that came to `status` by a way the rules allow, an hour after its registration."""
    ticket = a_ticket()
    ways: dict[Status, tuple[Status, ...]] = {Status.NEW: (), Status.CLOSED: (Status.RESOLVED, Status.CLOSED)}
    if status is Status.MERGED:
        ticket.status = status
        return ticket
    for step in ways.get(status, (status,)):
        set_fields(ticket, later(hours=1), status=step)
    ticket.take_events()
    return ticket


def entry_of(ticket: Ticket, entry_id: UUID) -> Entry:
    found = ticket.entry(entry_id)
    assert found is not None
    return found


def kinds_of(events: list[TicketEvent]) -> list[type[TicketEvent]]:
    return [type(event) for event in events]
