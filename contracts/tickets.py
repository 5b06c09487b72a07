"""What tickets says: each event carries the ticket's state after it, and its version."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.envelope import Event
from contracts.intake import Channel, FileRef
from contracts.people import Author, CompanyRef, EquipmentRef, PersonRef, StaffRef


class Status(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


OPEN_STATUSES = (Status.NEW, Status.IN_PROGRESS, Status.WAITING)


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


SlaTarget = Literal["reaction", "resolution"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Sla(_Shape):
    """The ticket's clock. `state` is judged at the moment of the event or answer it travels in.

    `plan` is by whose calendar all is counted; targets and minutes are working minutes of it. Used minutes
    are known when the reaction came and when the ticket was resolved (pauses not counted); a `broken_at` is
    the deadline that was missed. Older tickets, from before there were plans, lack what their plan would say.
    """

    reaction_due: AwareDatetime
    resolution_due: AwareDatetime
    reacted_at: AwareDatetime | None = None
    resolved_at: AwareDatetime | None = None
    paused: bool = False
    paused_at: AwareDatetime | None = None
    state: Literal["running", "paused", "warned", "broken", "met"] = "running"
    plan: str = ""
    reaction_target: int | None = None
    resolution_target: int | None = None
    reaction_minutes: int | None = None
    resolution_minutes: int | None = None
    reaction_broken_at: AwareDatetime | None = None
    resolution_broken_at: AwareDatetime | None = None
    breach_reason: str | None = None


class TicketState(_Shape):
    """A ticket without its log: what lists, mirrors and other systems need.

    `assigned_reaction_minutes`: from `assigned_at` until its assignee first reacted, in working minutes.
    `category` is the path of the category `category_id`, group first: «Печать / Картриджи».
    """

    id: UUID
    number: int
    version: int
    submission_id: UUID
    channel: Channel
    title: str
    status: Status
    priority: Priority
    category: str | None = None
    category_id: UUID | None = None
    assignee: StaffRef | None = None
    assigned_at: AwareDatetime | None = None
    assigned_reaction_minutes: int | None = None
    person: PersonRef
    company: CompanyRef
    equipment: EquipmentRef | None = None
    received_at: AwareDatetime
    registered_at: AwareDatetime
    updated_at: AwareDatetime
    sla: Sla
    minutes: int = 0
    additional_minutes: int = 0
    reopened: int = 0
    rating: int | None = None
    merged_into: int | None = None


class MergedInto(_Shape):
    """The ticket that has all that another one had."""

    id: UUID
    number: int
    submission_id: UUID


LinkKind = Literal["related", "split_from", "split_into"]


class Link(_Shape):
    """Another ticket that has to do with this one; each of the two knows of the other."""

    number: int
    kind: LinkKind


class FieldChange(_Shape):
    """One field before and after, as JSON values."""

    field: Literal[
        "status", "assignee", "priority", "category", "equipment", "person", "title", "plan", "breach_reason",
        "merged_into", "merged_from", "link",
    ]  # fmt: skip
    before: Any = None
    after: Any = None


EntryKind = Literal["answer", "note", "work", "change", "reply", "reopening", "rating"]


class EntryRef(_Shape):
    """A log entry as others may see it: `text` and `files` are there only where the entry is public."""

    id: UUID
    at: AwareDatetime
    author: Author
    kind: EntryKind
    public: bool
    text: str | None = None
    minutes: int | None = None
    additional: bool = False
    files: tuple[FileRef, ...] = ()


class TicketEvent(Event):
    """What all ticket events share; a projection of any of them needs nothing of the past.

    One deed may be several events of the same version: `more` says how many of them are still to come.
    """

    SOURCE: ClassVar[str] = "/services/tickets"
    PUBLIC: ClassVar[bool] = True

    ticket: TicketState
    author: Author
    changes: list[FieldChange] = Field(default_factory=list)
    entry: EntryRef | None = None
    more: int = 0

    @property
    def subject(self) -> str:
        return str(self.ticket.id)


class TicketRegistered(TicketEvent):
    """A submission became a ticket, with its number and its deadlines."""

    TYPE: ClassVar[str] = "helpdesk.ticket.registered.v1"


class TicketChanged(TicketEvent):
    """Fields changed; `changes` has each before and after."""

    TYPE: ClassVar[str] = "helpdesk.ticket.changed.v1"


class TicketAnswered(TicketEvent):
    """A public answer of the staff, or a reply of the requester (`entry.kind` tells which)."""

    TYPE: ClassVar[str] = "helpdesk.ticket.answered.v1"


class TicketWorkLogged(TicketEvent):
    """Minutes were logged, or put right; the text is there only if it is public."""

    TYPE: ClassVar[str] = "helpdesk.ticket.work_logged.v1"


class TicketNoted(TicketEvent):
    """An internal note: colleagues' screens refresh by it; it never leaves for the public feed."""

    TYPE: ClassVar[str] = "helpdesk.ticket.noted.v1"
    PUBLIC: ClassVar[bool] = False


class TicketResolved(TicketEvent):
    """The ticket was resolved; comes beside `ticket.changed`."""

    TYPE: ClassVar[str] = "helpdesk.ticket.resolved.v1"


class TicketReopened(TicketEvent):
    """The ticket was over and is worked on again; comes beside `ticket.changed`."""

    TYPE: ClassVar[str] = "helpdesk.ticket.reopened.v1"


class TicketClosed(TicketEvent):
    """The ticket was closed for good; comes beside `ticket.changed`."""

    TYPE: ClassVar[str] = "helpdesk.ticket.closed.v1"


class TicketMerged(TicketEvent):
    """The ticket was merged into another one, whose number, log and minutes are those that count now.

    Its entries keep their ids there; its own minutes are nothing any more. Comes beside `ticket.changed`.
    """

    TYPE: ClassVar[str] = "helpdesk.ticket.merged.v1"

    into: MergedInto


class _SlaEvent(TicketEvent):
    """`target` is what of the promise it is about."""

    target: SlaTarget


class TicketSlaWarned(_SlaEvent):
    """Four fifths of a target are used; once for each target, not at all where it is broken by then."""

    TYPE: ClassVar[str] = "helpdesk.ticket.sla_warned.v1"


class TicketSlaBroken(_SlaEvent):
    """A target was missed; once for each target."""

    TYPE: ClassVar[str] = "helpdesk.ticket.sla_broken.v1"


class TicketRated(TicketEvent):
    """The requester rated the work from 1 to 5."""

    TYPE: ClassVar[str] = "helpdesk.ticket.rated.v1"


EVENTS: tuple[type[TicketEvent], ...] = (
    TicketRegistered,
    TicketChanged,
    TicketAnswered,
    TicketWorkLogged,
    TicketNoted,
    TicketResolved,
    TicketReopened,
    TicketClosed,
    TicketMerged,
    TicketSlaWarned,
    TicketSlaBroken,
    TicketRated,
)
