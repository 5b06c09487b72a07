"""A ticket as MongoDB keeps it, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chassis.mongo import Document
from contracts.plans import PlanRef
from contracts.tickets import Priority, TicketState
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.promise import TOLD_FIELDS
from services.tickets.domain.search import words_of
from services.tickets.domain.sla import Clock, Timing, judge
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.worked import worked_by_month

DEFAULT_ZONE = ZoneInfo(DEFAULT_PLAN.calendar.zone)

# The next deadline of a clock that stands: behind all the others.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# What a row of the list needs; the log and the texts stay where they are.
ROW_FIELDS = dict.fromkeys(
    {*TicketState.model_fields, "clock", "reaction_due", "resolution_due", "promise", "breach_reason"}
    - {"id", "sla"},
    1,
)
# Tickets from before there were these have no such fields.
_LATER_FIELDS = (
    "equipment",
    "category_id",
    "assigned_at",
    "assigned_reaction_minutes",
    "breach_reason",
    "merged_into",
)


_SLA_TIMES = ("reaction_due", "resolution_due", "reacted_at", "resolved_at", "paused_at")


def to_document(ticket: Ticket, zone: ZoneInfo = DEFAULT_ZONE) -> Document:
    """`diagnostics` is kept as text: its keys are somebody else's and may look like operators."""
    document = ticket.model_dump(exclude={"id", "diagnostics"})
    document["status"] = ticket.status.value
    document["priority"] = ticket.priority.value
    document["diagnostics"] = json.dumps(ticket.diagnostics, ensure_ascii=False)
    if mentioned := {one for entry in ticket.entries for one in entry.mentions}:
        document["mentioned"] = sorted(mentioned)
    document["next_due"] = ticket.next_due or NEVER
    document["missed"] = ticket.has_missed
    document["words"] = words_of(_texts(ticket))
    document["worked"] = [one.model_dump() for one in worked_by_month(ticket.entries, zone)]
    return document


def _texts(ticket: Ticket) -> Iterator[str]:
    yield from (ticket.title, ticket.person.full_name, ticket.company.name, ticket.description)
    if ticket.equipment:
        yield ticket.equipment.name
    # What is told of a change is no text of its own: a rule's name would find all that it ever assigned.
    yield from (entry.text for entry in ticket.entries if entry.kind != "change")


def to_ticket(document: Document) -> Ticket:
    diagnostics = json.loads(document["diagnostics"])
    return Ticket.model_validate({**document, "id": document["_id"], "diagnostics": diagnostics})


def to_row(document: Document, now: datetime) -> dict[str, Any]:
    """A TicketState as plain values, without the cost of building one."""
    times = clock_times(document)
    state = judge(started_at=document["clock"]["started_at"], now=now, **times)
    for told_by_the_clock in ("clock", "reaction_due", "resolution_due"):
        del document[told_by_the_clock]
    document["id"] = document.pop("_id")
    for field in _LATER_FIELDS:
        document.setdefault(field, None)
    promised = document.pop("promise", None) or {}
    document["sla"] = {
        **{name: times[name] for name in _SLA_TIMES},
        **{name: promised.get(name) for name in TOLD_FIELDS},
        "plan": promised["plan"]["name"] if promised else "",
        "breach_reason": document.pop("breach_reason"),
        "paused": times["paused_at"] is not None,
        "state": state,
    }
    return document


def clock_times(document: Document) -> dict[str, Any]:
    """What the clock is judged by, beside its start."""
    clock, pauses = document["clock"], document["clock"]["pauses"]
    promised = document.get("promise") or {}
    return {
        "reaction_warn_at": promised.get("reaction_warn_at"),
        "resolution_warn_at": promised.get("resolution_warn_at"),
        "reaction_due": document["reaction_due"],
        "resolution_due": document["resolution_due"],
        "reacted_at": clock["reacted_at"],
        "resolved_at": clock["resolved_at"],
        "paused_at": pauses[-1]["since"] if pauses and pauses[-1]["until"] is None else None,
    }


def timing_of(document: Document) -> Timing:
    clock, priority = Clock.model_validate(document["clock"]), Priority(document["priority"])
    promised = document.get("promise")
    plan = PlanRef.model_validate(promised["plan"]) if promised else None
    return Timing(plan, clock, priority, document["reaction_due"], document["resolution_due"])


def to_view(document: Document, now: datetime) -> dict[str, Any]:
    """A TicketView as plain values; times of the list's row, and the log as it is kept."""
    view = to_row(document, now)
    view.setdefault("links", [])
    view["diagnostics"] = json.loads(view["diagnostics"])
    for hidden in (
        "outbox",
        "outbox_since",
        "words",
        "worked",
        "to_learn",
        "mentioned",
        "next_due",
        "missed",
    ):
        view.pop(hidden, None)
    return view
