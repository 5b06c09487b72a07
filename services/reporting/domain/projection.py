"""A ticket as reporting knows it: the newest state, and each entry with minutes at its newest."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.history import HistoryTold, WorkRef
from contracts.people import StaffRef
from contracts.tickets import EntryRef, TicketState

_WRITTEN_BY_STAFF = ("answer", "note", "work")


class Work(BaseModel):
    """Minutes of one entry. `of` and `version` tell which ticket's event said so: the newest is believed."""

    model_config = ConfigDict(frozen=True)

    of: UUID
    version: int
    at: datetime
    staff: StaffRef | None
    minutes: int
    additional: bool


class Known(BaseModel):
    """`complete`: the version up to which everything was told at once, so that older events bring nothing.

    A ticket of which only a merged one's entries are known has no state yet. `revision` is raised by each
    save, for whoever else saves at this moment.
    """

    id: UUID
    state: TicketState | None = None
    complete: int = 0
    work: dict[UUID, Work] = Field(default_factory=dict)
    merged_into: UUID | None = None
    revision: int = 0

    @property
    def version(self) -> int:
        return self.state.version if self.state else 0

    def hear(self, state: TicketState, entry: EntryRef | None) -> bool:
        """Take over what an event says and is newer; False where it brings nothing new."""
        if state.version <= self.complete:
            return False
        is_newer = state.version > self.version
        if is_newer:
            self.state = state
        is_work = entry is not None and entry.kind in _WRITTEN_BY_STAFF
        return bool(entry and is_work and self._take(entry.id, _work_of(state, entry))) or is_newer

    def hear_all(self, told: HistoryTold) -> bool:
        """Take over a ticket told as a whole: own work that is not named is no more, unless newer."""
        version = told.ticket.version
        if version <= self.complete:
            return False
        if version >= self.version:
            self.state = told.ticket
        own = {one.id: _told_work(told, one) for one in told.work}
        strange = {key: one for key, one in self.work.items() if one.of != self.id}
        newer = {k: one for k, one in self.work.items() if one.of == self.id and one.version > version}
        self.work = {**strange, **own, **newer}
        self.complete = version
        return True

    def receive(self, given: dict[UUID, Work]) -> bool:
        """Entries of a ticket that was merged into this one; what is known of them here is newer."""
        new = {key: one for key, one in given.items() if self._take(key, one)}
        return bool(new)

    def _take(self, key: UUID, one: Work) -> bool:
        """What an entry without minutes said before may still be on its way: so it is remembered, too."""
        known = self.work.get(key)
        if known and not _is_newer(one, known, self.id):
            return False
        self.work[key] = one
        return True


def _is_newer(one: Work, known: Work, here: UUID) -> bool:
    """What the ticket says itself is newer than what one that was merged into it said."""
    if one.of == known.of:
        return one.version > known.version
    return one.of == here


def _work_of(state: TicketState, entry: EntryRef) -> Work:
    return Work(
        of=state.id,
        version=state.version,
        at=entry.at,
        staff=_staff(entry.author.kind, entry.author.id, entry.author.full_name),
        minutes=entry.minutes or 0,
        additional=entry.additional,
    )


def _told_work(told: HistoryTold, one: WorkRef) -> Work:
    return Work(
        of=told.ticket.id,
        version=told.ticket.version,
        at=one.at,
        staff=_staff(one.author.kind, one.author.id, one.author.full_name),
        minutes=one.minutes,
        additional=one.additional,
    )


def _staff(kind: str, key: UUID | None, name: str) -> StaffRef | None:
    return StaffRef(id=key, full_name=name) if kind == "staff" and key else None
