"""A ticket changed: its requester sees the number, the status and the public answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.intake_http import LogItem
from contracts.tickets import Status, TicketEvent, TicketMerged
from services.intake.domain.storage import SubmissionStorage
from services.intake.domain.submission import Progress


async def follow_ticket(
    submissions: SubmissionStorage, event: TicketEvent, event_id: UUID, at: datetime
) -> None:
    """Late and repeated events change nothing: the version tells, and each line of the log has its id.

    A version is reached with its last event: who waits for it then reads all that was said by it.
    What was merged follows the ticket that has all of it from there on.
    """
    if isinstance(event, TicketMerged):
        await submissions.join(event.ticket.submission_id, event.into)
        return
    progress = None if event.more else _progress_of(event)
    item = _item_of(event, event_id, at)
    await submissions.follow(event.ticket.submission_id, event.ticket.version, progress, item)


def _progress_of(event: TicketEvent) -> Progress:
    ticket = event.ticket
    return Progress(
        number=ticket.number,
        version=ticket.version,
        status=ticket.status,
        reaction_due=ticket.sla.reaction_due,
        resolution_due=ticket.sla.resolution_due,
    )


def _item_of(event: TicketEvent, event_id: UUID, at: datetime) -> LogItem | None:
    entry = event.entry
    if (
        entry
        and entry.public
        and entry.kind in ("answer", "reply", "reopening")
        and (entry.text or entry.files)
    ):
        return LogItem(
            id=entry.id,
            at=entry.at,
            author=entry.author,
            kind=entry.kind,
            text=entry.text or "",
            files=entry.files,
        )
    status = next((change.after for change in event.changes if change.field == "status"), None)
    if status:
        return LogItem(id=event_id, at=at, author=event.author, kind="status", status=Status(status))
    return None
