"""Ticket events as the tickets service says them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from contracts.envelope import envelop
from contracts.people import Author, CompanyRef, PersonRef
from contracts.tickets import (
    EntryRef,
    FieldChange,
    Priority,
    Sla,
    Status,
    TicketEvent,
    TicketRegistered,
    TicketState,
)
from gateway.live.heard import Heard

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
COMPANY, PERSON = new_id(), new_id()
SPECIALIST = Author(kind="staff", id=new_id(), full_name="Ковалёв Дмитрий Андреевич")


def state(**changed: Any) -> TicketState:
    known: dict[str, Any] = {
        "id": new_id(),
        "number": 7,
        "version": 1,
        "submission_id": new_id(),
        "channel": "bureaucrat",
        "title": "Не печатает",
        "status": Status.NEW,
        "priority": Priority.NORMAL,
        "person": PersonRef(id=PERSON, full_name="Петрова Анна Ивановна"),
        "company": CompanyRef(id=COMPANY, name="ООО «Ромашка»"),
        "received_at": NOON,
        "registered_at": NOON,
        "updated_at": NOON,
        "sla": Sla(reaction_due=NOON, resolution_due=NOON),
    }
    return TicketState(**{**known, **changed})


def happened(kind: type[TicketEvent] = TicketRegistered, **said: Any) -> TicketEvent:
    return kind(**{"ticket": state(), "author": SPECIALIST, **said})


def entry(text: str | None, *, public: bool) -> EntryRef:
    kind = "answer" if public else "note"
    return EntryRef.model_validate(
        {
            "id": new_id(),
            "at": NOON,
            "author": SPECIALIST,
            "kind": kind,
            "public": public,
            "text": text,
        }
    )


def change(field: str, before: object, after: object) -> FieldChange:
    return FieldChange.model_validate({"field": field, "before": before, "after": after})


def body_of(event: TicketEvent, event_id: UUID | None = None) -> bytes:
    return envelop(event, event_id=event_id or new_id(), time=NOON).model_dump_json().encode()


def heard(event: TicketEvent | None = None) -> Heard:
    parsed = Heard.parse(body_of(event or happened()))
    assert parsed is not None
    return parsed
