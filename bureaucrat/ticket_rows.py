"""The rows of «Мои заявки»: what the server knows, and what has still to reach it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bureaucrat.failures import Json
from bureaucrat.moments import parse_moment
from bureaucrat.office import Office
from bureaucrat.parcel import Parcel
from bureaucrat.spool import Rejected


@dataclass(frozen=True)
class TicketRow:
    """`submission` is the server's answer, None for one that waits here or was refused."""

    id: str
    title: str
    number: int | None
    status: str
    when: datetime | None
    person: str
    submission: Json | None = None
    rejected: Rejected | None = None


def ticket_rows(office: Office) -> list[TicketRow]:
    """Refused first (they need the employee), then what waits to be sent, then the rest, newest first."""
    rejected = [_refused_row(r) for r in office.spool.rejected() if r.parcel.opens_ticket]
    waiting = [
        _waiting_row(parcel)
        for parcel in reversed(office.spool.pending())
        if parcel.opens_ticket and office.tickets.get(str(parcel.id)) is None
    ]
    own = office.device.person_id if office.device else ""
    return rejected + waiting + [_known_row(submission, own) for submission in office.tickets.all()]


def pending_of(office: Office, submission_id: str) -> list[Parcel]:
    """Replies, reopenings and ratings of one ticket that have not reached the server."""
    return [
        parcel
        for parcel in office.spool.pending()
        if not parcel.opens_ticket and str(parcel.submission_id) == submission_id
    ]


def refused_of(office: Office, submission_id: str) -> list[Rejected]:
    return [
        rejected
        for rejected in office.spool.rejected()
        if not rejected.parcel.opens_ticket and str(rejected.parcel.submission_id) == submission_id
    ]


def _known_row(submission: Json, own: str) -> TicketRow:
    person = submission.get("person") or {}
    return TicketRow(
        id=str(submission["id"]),
        title=str(submission.get("title", "")),
        number=submission.get("number"),
        status=str(submission.get("status", "")),
        when=parse_moment(submission.get("received_at")),
        person="" if str(person.get("id")) == own else str(person.get("full_name", "")),
        submission=submission,
    )


def _waiting_row(parcel: Parcel) -> TicketRow:
    return TicketRow(str(parcel.id), parcel.text, None, "waiting_to_send", parcel.created_at.astimezone(), "")


def _refused_row(rejected: Rejected) -> TicketRow:
    parcel = rejected.parcel
    when = parcel.created_at.astimezone()
    return TicketRow(str(parcel.id), parcel.text, None, "refused", when, "", rejected=rejected)
