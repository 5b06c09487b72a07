"""What tickets says, as intake hears it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.clock import new_id, now
from contracts.people import Author, CompanyRef, PersonRef
from contracts.tickets import EntryRef, FieldChange, Priority, Sla, Status, TicketEvent, TicketState
from services.intake.domain.submission import Progress

STAFF_AUTHOR = Author(kind="staff", id=new_id(), full_name="Орлов Пётр")
AT = now()


def progress(version: int, *, number: int = 1, status: Status = Status.NEW) -> Progress:
    return Progress(number=number, version=version, status=status, reaction_due=AT, resolution_due=AT)


def said(kind: type[TicketEvent], submission_id: UUID, version: int, **fields: Any) -> TicketEvent:
    """An event of the ticket of a submission, in its state of that version."""
    at = AT + timedelta(minutes=version)
    ticket = TicketState(
        id=submission_id,
        number=17,
        version=version,
        submission_id=submission_id,
        channel="api",
        title="x",
        status=fields.pop("status", Status.NEW),
        priority=Priority.NORMAL,
        person=PersonRef(id=new_id(), full_name="Иванова"),
        company=CompanyRef(id=new_id(), name="ООО"),
        received_at=AT,
        registered_at=AT,
        updated_at=at,
        sla=Sla(reaction_due=AT, resolution_due=AT),
    )
    return kind(ticket=ticket, author=STAFF_AUTHOR, **fields)


def answer(text: str, entry_id: UUID, version: int, *, public: bool = True) -> EntryRef:
    at = AT + timedelta(minutes=version)
    return EntryRef(id=entry_id, at=at, author=STAFF_AUTHOR, kind="answer", public=public, text=text)


def to_status(status: Status) -> list[FieldChange]:
    return [FieldChange(field="status", before="new", after=status.value)]
