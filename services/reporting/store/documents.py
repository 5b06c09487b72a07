"""A ticket of reporting as MongoDB keeps it, and back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.mongo import Document
from contracts.tickets import TicketState
from services.reporting.domain.contributions import categories_of
from services.reporting.domain.facts import Facts, facts_of
from services.reporting.domain.projection import Known, Work


def to_document(known: Known, zone: ZoneInfo, at: datetime) -> Document:
    """Beside the ticket: its facts, what it is found by, and that the cells do not have it yet."""
    facts = facts_of(known, zone)
    days = facts.worked_days() if facts else []
    return {
        "number": known.state.number if known.state else None,
        "state": _plain(known.state) if known.state else None,
        "work": [{"id": key, **one.model_dump()} for key, one in known.work.items()],
        "complete": known.complete,
        "merged_into": known.merged_into,
        "revision": known.revision + 1,
        "facts": facts_document(facts) if facts else None,
        "categories": categories_of(facts.category) if facts else [],
        "performers": sorted({done.staff for done in facts.work}) if facts else [],
        "days": days,
        "additional_days": sorted({done.day for done in facts.work if done.additional}) if facts else [],
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "multi": len(days) > 1,
        "changed_at": at,
    }


def to_known(document: Document) -> Known:
    state = document["state"]
    return Known(
        id=document["_id"],
        state=TicketState.model_validate(state) if state else None,
        complete=document["complete"],
        work={one["id"]: Work.model_validate(one) for one in document["work"]},
        merged_into=document["merged_into"],
        revision=document["revision"],
    )


def facts_document(facts: Facts) -> Document:
    return {**facts.model_dump(exclude={"work"}), "work": [list(done) for done in facts.work]}


def to_facts(document: Document | None) -> Facts | None:
    return Facts.model_validate(document) if document else None


def days_of_work(known: Known, zone: ZoneInfo) -> dict[UUID, str]:
    return {key: one.at.astimezone(zone).date().isoformat() for key, one in known.work.items()}


def _plain(state: TicketState) -> Document:
    document = state.model_dump()
    document["status"] = state.status.value
    document["priority"] = state.priority.value
    return document
