"""A ticket and what may be done with it; each deed is in its log and says so in events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, Field, PrivateAttr

from contracts.intake import Channel, FileRef
from contracts.people import Author, CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.tickets import (
    EntryRef,
    FieldChange,
    Link,
    MergedInto,
    Priority,
    Sla,
    Status,
    TicketAnswered,
    TicketChanged,
    TicketClosed,
    TicketEvent,
    TicketMerged,
    TicketNoted,
    TicketRated,
    TicketReopened,
    TicketResolved,
    TicketSlaBroken,
    TicketSlaWarned,
    TicketState,
    TicketWorkLogged,
)
from contracts.tickets_http import Meanwhile
from services.tickets.domain.calendar import Calendar
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry, put_right
from services.tickets.domain.plan import Plan
from services.tickets.domain.promise import Promise, promise, watched
from services.tickets.domain.sla import Clock, Timing, judge
from services.tickets.domain.status import AWAKENED_BY_REQUESTER, ENDED, may_follow

_STATE_FIELDS = set(TicketState.model_fields) - {"sla"}
# In the whole log, with what entries said before; the requester's words have a limit of their own.
MOST_CHARACTERS = 1_500_000
# Goes with `category`, and is no news of its own.
_UNSPOKEN = frozenset({"category_id"})
_MINUTE = timedelta(minutes=1)
_SYSTEM = Author(kind="system", full_name="")


class _Said(NamedTuple):
    kind: type[TicketEvent]
    author: Author
    changes: tuple[FieldChange, ...] = ()
    entry: EntryRef | None = None
    more: Mapping[str, Any] = MappingProxyType({})


class Ticket(BaseModel):
    """The aggregate. A method decides and changes it in place; `take_events` then raises the version once."""

    id: UUID
    number: int
    version: int = 0
    submission_id: UUID
    channel: Channel
    title: str
    description: str = ""
    diagnostics: dict[str, Any] = Field(default_factory=dict)
    files: list[FileRef] = Field(default_factory=list)
    status: Status = Status.NEW
    priority: Priority = Priority.NORMAL
    category: str | None = None
    category_id: UUID | None = None
    assignee: StaffRef | None = None
    person: PersonRef
    company: CompanyRef
    equipment: EquipmentRef | None = None
    received_at: datetime
    registered_at: datetime
    updated_at: datetime
    clock: Clock
    reaction_due: datetime
    resolution_due: datetime
    promise: Promise | None = None
    breach_reason: str | None = None
    assigned_at: datetime | None = None
    assigned_reaction_minutes: int | None = None
    minutes: int = 0
    additional_minutes: int = 0
    reopened: int = 0
    rating: int | None = None
    merged_into: int | None = None
    links: list[Link] = Field(default_factory=list)
    entries: list[Entry] = Field(default_factory=list)

    _said: list[_Said] = PrivateAttr(default_factory=list)
    _shift: Calendar | None = PrivateAttr(None)

    # What is read of it

    def sla(self, now: datetime) -> Sla:
        clock, promised = self.clock, self.promise
        state = judge(
            started_at=clock.started_at,
            reaction_due=self.reaction_due,
            resolution_due=self.resolution_due,
            reacted_at=clock.reacted_at,
            resolved_at=clock.resolved_at,
            paused_at=clock.paused_at,
            reaction_warn_at=promised.reaction_warn_at if promised else None,
            resolution_warn_at=promised.resolution_warn_at if promised else None,
            now=now,
        )
        return Sla(
            reaction_due=self.reaction_due,
            resolution_due=self.resolution_due,
            reacted_at=clock.reacted_at,
            resolved_at=clock.resolved_at,
            paused=clock.paused_at is not None,
            paused_at=clock.paused_at,
            state=state,
            breach_reason=self.breach_reason,
            **(promised.told_of() if promised else {}),
        )

    @property
    def next_due(self) -> datetime | None:
        """None while the clock stands."""
        if self.clock.resolved_at or self.clock.paused_at:
            return None
        return self.resolution_due if self.clock.reacted_at else self.reaction_due

    @property
    def has_missed(self) -> bool:
        """A target, as far as it was noticed."""
        promised = self.promise
        return bool(promised and (promised.reaction_broken_at or promised.resolution_broken_at))

    @property
    def timing(self) -> Timing:
        plan = self.promise.plan if self.promise else None
        return Timing(plan, self.clock, self.priority, self.reaction_due, self.resolution_due)

    def state(self, now: datetime) -> TicketState:
        fields = {name: getattr(self, name) for name in _STATE_FIELDS}
        return TicketState(**fields, sla=self.sla(now))

    def entry(self, entry_id: UUID) -> Entry | None:
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def since(self, version: int) -> list[Meanwhile]:
        """What was done here after that version; what came from another ticket was done there."""
        done = [
            Meanwhile(at=one.at, author=one.author, kind=one.kind, changes=list(one.changes))
            for one in self.entries
            if one.version > version and one.origin is None
        ]
        for entry in self.entries:
            corrected = (before for before in entry.corrections if before.version > version)
            done += [Meanwhile(at=one.at, author=one.author, kind="correction") for one in corrected]
        return sorted(done, key=lambda one: one.at)

    # What is done with it

    def change(
        self, wanted: dict[str, Any], author: Author, at: datetime, plan: Plan, entry_id: UUID
    ) -> None:
        """Set fields to what is wanted; one entry and one event tell of all that really changed."""
        changes = [
            FieldChange(field=field, before=_plain(getattr(self, field)), after=_plain(value))
            for field, value in wanted.items()
            if field not in _UNSPOKEN and getattr(self, field) != value
        ]
        if not changes:
            return
        changed = {change.field for change in changes}
        if "assignee" in changed and wanted["assignee"] and wanted.get("status", self.status) in ENDED:
            raise RuleError("assignee", "a ticket that is over cannot be assigned; reopen it first")
        if "breach_reason" in changed and self.sla(at).state != "broken":
            raise RuleError("breach_reason", "no target was missed")
        if "status" in changed:
            self._move_to(wanted["status"], author, at)
        for field in (changed | _UNSPOKEN & wanted.keys()) - {"status"}:
            setattr(self, field, wanted[field])
        if "assignee" in changed:
            self.assigned_at, self.assigned_reaction_minutes = at if self.assignee else None, None
        self._note_reaction(author, at, plan, is_one="status" in changed)
        self._wind(plan)
        self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=tuple(changes)), at)
        self._say(TicketChanged, author, tuple(changes))
        self.watch(at)

    def replan(self, plan: Plan, at: datetime, entry_id: UUID) -> None:
        """Another plan, which the log tells, or the same one changed: deadlines anew from registration."""
        before = self.promise.plan if self.promise else None
        change = FieldChange(field="plan", before=before and before.name, after=plan.name)
        self._wind(plan)
        if before is None or before.id != plan.id:
            self._log(Entry(id=entry_id, at=at, author=_SYSTEM, kind="change", changes=(change,)), at)
        self._say(TicketChanged, _SYSTEM, (change,))
        self.watch(at)

    def watch(self, at: datetime) -> None:
        """Tell what the clock has come to; also what happened while nobody looked."""
        if self.promise is None:
            return
        self.promise, stages = watched(self.promise, self.clock, at)
        for stage in stages:
            kind = TicketSlaBroken if stage.is_breach else TicketSlaWarned
            self._said.append(_Said(kind, _SYSTEM, more={"target": stage.target}))

    def log_entry(self, entry: Entry, plan: Plan) -> None:
        """A public answer or work by the staff is a reaction; an internal note is not."""
        self._check_room(entry.text)
        if entry.public or entry.minutes:
            self.clock = self.clock.react(entry.at)
            self._note_reaction(entry.author, entry.at, plan, is_one=True)
        self._wind(plan)
        self._log(entry, entry.at)
        self._count(entry.minutes, additional=entry.additional)
        self._say_of_entry(entry)
        self.watch(entry.at)

    def correct_entry(self, entry_id: UUID, wanted: dict[str, Any], author: Author, at: datetime) -> Entry:
        """Put an answer, note or work entry right; raises RuleError for any other.

        The same again changes nothing.
        """
        before = self.entry(entry_id)
        if before is None:
            raise RuleError("id", "there is no such entry")
        after = put_right(before, wanted, author, at, self.version + 1)
        if after is before:
            return before
        self._check_room(after.text)
        self.entries = [after if entry.id == entry_id else entry for entry in self.entries]
        self._count(-(before.minutes or 0), additional=before.additional)
        self._count(after.minutes, additional=after.additional)
        self.updated_at = max(self.updated_at, at)
        self._say_of_entry(after, author)
        return after

    def reply(self, entry: Entry, plan: Plan) -> None:
        """The requester's word; in `waiting`, `resolved` or `closed` it brings the ticket back to work."""
        self._log(entry, entry.at)
        if self.status in AWAKENED_BY_REQUESTER:
            change = FieldChange(field="status", before=self.status.value, after=Status.IN_PROGRESS.value)
            self._move_to(Status.IN_PROGRESS, entry.author, entry.at)
            self._wind(plan)
            self._log(entry.that_changed(change), entry.at)
            self._say(TicketChanged, entry.author, (change,))
        if entry.text or entry.files or not self._said:
            self._say(TicketAnswered, entry.author, entry=entry.reference())
        self.watch(entry.at)

    def rate(self, entry: Entry, score: int) -> None:
        self.rating = score
        self._log(entry, entry.at)
        self._say(TicketRated, entry.author, entry=entry.reference())

    def take_over(
        self, entries: list[Entry], source: Ticket, author: Author, at: datetime, entry_id: UUID
    ) -> None:
        """All that another ticket had; raises RuleError where it does not fit."""
        self._check_room("".join(entry.text for entry in entries))
        change = FieldChange(field="merged_from", after=source.number)
        self.entries = sorted([*self.entries, *entries], key=lambda entry: entry.at)
        self.files = [*self.files, *source.files]
        known = {self.number, source.number, *(one.number for one in self.links)}
        self.links = [*self.links, *(one for one in source.links if one.number not in known)]
        self.minutes += source.minutes
        self.additional_minutes += source.additional_minutes
        self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=(change,)), at)
        self._say(TicketChanged, author, (change,))

    def give_away(self, into: MergedInto, author: Author, at: datetime, entry_id: UUID) -> None:
        """What is left is where to look."""
        changes = (
            FieldChange(field="status", before=self.status.value, after=Status.MERGED.value),
            FieldChange(field="merged_into", after=into.number),
        )
        self.status, self.merged_into = Status.MERGED, into.number
        self.clock = self.clock.pause(at, "resolved")
        self.entries, self.minutes, self.additional_minutes = [], 0, 0
        self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=changes), at)
        self._said.append(_Said(TicketMerged, author, more={"into": into}))
        self._say(TicketChanged, author, changes)
        self.watch(at)

    def point_on(self, into: int, author: Author, at: datetime, entry_id: UUID) -> None:
        """Where it was merged into was merged on: it points to what has all of it, never to what points."""
        change = FieldChange(field="merged_into", before=self.merged_into, after=into)
        self.merged_into = into
        self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=(change,)), at)
        self._say(TicketChanged, author, (change,))

    def relink(
        self, links: list[Link], change: FieldChange, author: Author, at: datetime, entry_id: UUID
    ) -> None:
        self.links = links
        self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=(change,)), at)
        self._say(TicketChanged, author, (change,))

    def follow_category(self, key: UUID, path: str, author: Author, at: datetime, entry_id: UUID) -> None:
        """Its category was renamed, which only the events tell, or merged into another: then the log, too."""
        change = FieldChange(field="category", before=self.category, after=path)
        if self.category_id != key:
            self._log(Entry(id=entry_id, at=at, author=author, kind="change", changes=(change,)), at)
        self.category, self.category_id = path, key
        self._say(TicketChanged, author, (change,))

    def announce(self, kind: type[TicketEvent], author: Author) -> None:
        self._say(kind, author)

    def take_events(self) -> list[TicketEvent]:
        """What happened since, each with the state after it; raises the version if anything did."""
        if not self._said:
            return []
        self.version += 1
        state = self.state(self.updated_at)
        said, self._said = self._said, []
        return [
            one.kind(
                ticket=state,
                author=one.author,
                changes=list(one.changes),
                entry=one.entry,
                more=len(said) - place,
                **one.more,
            )
            for place, one in enumerate(said, 1)
        ]

    # How it is done

    def _move_to(self, after: Status, author: Author, at: datetime) -> None:
        before = self.status
        if not may_follow(before, after):
            raise RuleError("status", f"a ticket cannot go from {before.value} to {after.value}")
        self.status = after
        if author.kind == "staff" and after is not Status.CANCELLED:
            self.clock = self.clock.react(at)
        if after is Status.WAITING:
            self.clock = self.clock.pause(at, "waiting")
        elif after is Status.RESOLVED:
            self.clock = self.clock.pause(at, "resolved")
            self._say(TicketResolved, author)
        elif after is Status.IN_PROGRESS:
            self.clock = self.clock.resume(at)
            self._reopen_from(before, author)
        elif after is Status.CLOSED:
            self._say(TicketClosed, author)
        elif after is Status.CANCELLED:
            self.clock = self.clock.pause(at, "resolved")

    def _reopen_from(self, before: Status, author: Author) -> None:
        if before in ENDED:
            self.reopened += 1
            self._say(TicketReopened, author)

    def _wind(self, plan: Plan) -> None:
        """Deadlines always from registration, less all pauses, however often things change."""
        self.promise = promise(plan, self.priority, self.clock, self.promise)
        self.reaction_due, self.resolution_due = self.promise.reaction_due, self.promise.resolution_due

    def works_in(self, shift: Calendar | None) -> None:
        """Whoever changes it next works by this; None: by the plan's calendar, for none is known."""
        self._shift = shift

    def _note_reaction(self, author: Author, at: datetime, plan: Plan, *, is_one: bool) -> None:
        """The assignee's first since it was given to them."""
        is_theirs = self.assignee is not None and author.id == self.assignee.id
        if is_one and is_theirs and self.assigned_at and self.assigned_reaction_minutes is None:
            calendar = self._shift or plan.calendar
            counted = calendar.working_time(self.assigned_at, max(at, self.assigned_at))
            self.assigned_reaction_minutes = counted // _MINUTE

    def _check_room(self, text: str) -> None:
        """MongoDB's documents end at 16 MB: nothing could be done with a ticket that is larger."""
        said = sum(entry.length() for entry in self.entries)
        if text and said + len(text) > MOST_CHARACTERS:
            raise RuleError("text", "this ticket holds as much as fits; please go on in a new one")

    def _log(self, entry: Entry, at: datetime) -> None:
        self.entries.append(entry.model_copy(update={"version": self.version + 1}))
        self.updated_at = max(self.updated_at, at)

    def _count(self, minutes: int | None, *, additional: bool) -> None:
        if not minutes:
            return
        self.minutes += minutes
        if additional:
            self.additional_minutes += minutes

    def _say_of_entry(self, entry: Entry, author: Author | None = None) -> None:
        teller = author or entry.author
        if entry.public:
            self._say(TicketAnswered, teller, entry=entry.reference())
        if entry.minutes or any(before.minutes for before in entry.corrections):
            self._say(TicketWorkLogged, teller, entry=entry.reference())
        elif not entry.public:
            self._say(TicketNoted, teller, entry=entry.reference())

    def _say(
        self,
        kind: type[TicketEvent],
        author: Author,
        changes: tuple[FieldChange, ...] = (),
        entry: EntryRef | None = None,
    ) -> None:
        self._said.append(_Said(kind, author, changes, entry))


def _plain(value: Any) -> Any:
    """A field's value as JSON has it."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
