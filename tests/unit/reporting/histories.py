"""Random histories of tickets, told as tickets tells them: states with versions, entries with them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from contracts.history import HistoryTold, WorkRef
from contracts.people import Author, CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.tickets import EntryRef, Priority, Sla, Status, TicketState

_SPACE = UUID(int=7)
COMPANIES = [CompanyRef(id=uuid5(_SPACE, f"c{n}"), name=f"Компания {n}") for n in range(3)]
STAFF = [StaffRef(id=uuid5(_SPACE, f"s{n}"), full_name=f"Специалист {n}") for n in range(3)]
PIECES = [EquipmentRef(id=uuid5(_SPACE, f"e{n}"), name=f"Принтер {n}") for n in range(2)]
CATEGORIES = [None, "Печать", "Печать / Картриджи", "Сеть $1.5 | %", "~"]
BEGIN = datetime(2026, 8, 20, 6, tzinfo=UTC)
_DAYS = 100


class Said(NamedTuple):
    """An event of a ticket; `into`: it was merged."""

    state: TicketState
    entry: EntryRef | None = None
    into: UUID | None = None


class Story(NamedTuple):
    """All events in order, and how it is at the end."""

    events: list[Said]
    end: HistoryTold


def story(number: int, rnd: random.Random) -> Story:
    teller = _Teller(number, rnd)
    for _ in range(rnd.randrange(8)):
        rnd.choice([teller.work, teller.work, teller.correct, teller.change])()
    return Story(teller.events, teller.whole())


class _Teller:
    def __init__(self, number: int, rnd: random.Random) -> None:
        self._rnd = rnd
        at = BEGIN + timedelta(minutes=rnd.randrange(_DAYS * 24 * 60))
        self._at = at
        self._entries: dict[UUID, EntryRef] = {}
        self._had_minutes: set[UUID] = set()
        self.events: list[Said] = []
        company = rnd.choice(COMPANIES)
        self._state = TicketState(
            id=uuid5(_SPACE, f"t{number}"),
            number=number,
            version=1,
            submission_id=uuid5(_SPACE, f"b{number}"),
            channel="portal",
            title=f"Заявка {number}",
            status=Status.NEW,
            priority=Priority.NORMAL,
            person=PersonRef(id=uuid5(_SPACE, f"p{company.name}"), full_name="Иванова Мария"),
            company=company,
            received_at=at,
            registered_at=at,
            updated_at=at,
            sla=Sla(reaction_due=at + timedelta(hours=1), resolution_due=at + timedelta(days=1)),
        )
        self.events.append(Said(self._state))

    def work(self) -> None:
        key = uuid5(_SPACE, f"{self._state.number}/{len(self._entries)}")
        staff = self._rnd.choice(STAFF)
        at = self._later()
        author = Author(kind="staff", id=staff.id, full_name=staff.full_name)
        self._entries[key] = EntryRef(id=key, at=at, author=author, kind="work", public=False)
        self._write(key)

    def correct(self) -> None:
        if self._entries:
            self._later()
            self._write(self._rnd.choice(list(self._entries)))

    def _write(self, key: UUID) -> None:
        minutes = self._rnd.choice([None, 5, 15, 40])
        fields = {"minutes": minutes, "additional": self._rnd.random() < 0.3}
        self._entries[key] = self._entries[key].model_copy(update=fields)
        if minutes:
            self._had_minutes.add(key)
        self._next({}, self._entries[key])

    def change(self) -> None:
        rnd, at = self._rnd, self._later()
        sla = self._state.sla.model_copy(
            update={
                "reacted_at": rnd.choice([None, at]),
                "reaction_minutes": rnd.choice([3, 17, 17, 90]),
                "reaction_target": rnd.choice([None, 20]),
                "reaction_broken_at": rnd.choice([None, at]),
                "resolved_at": at,
                "resolution_minutes": rnd.choice([40, 700]),
                "breach_reason": rnd.choice([None, "Ждали. Запчасть"]),
            }
        )
        self._next(
            {
                "status": rnd.choice([one for one in Status if one is not Status.MERGED]),
                "category": rnd.choice(CATEGORIES),
                "assignee": rnd.choice([None, *STAFF]),
                "assigned_reaction_minutes": rnd.choice([None, 4, 30]),
                "equipment": rnd.choice([None, *PIECES]),
                "priority": rnd.choice(list(Priority)),
                "rating": rnd.choice([None, 5]),
                "sla": sla,
            }
        )

    def whole(self) -> HistoryTold:
        work = [
            WorkRef(
                id=one.id, at=one.at, author=one.author, minutes=one.minutes or 0, additional=one.additional
            )
            for one in self._entries.values()
            if one.id in self._had_minutes
        ]
        return HistoryTold(ticket=self._state, work=work)

    def _later(self) -> datetime:
        self._at += timedelta(minutes=self._rnd.randrange(20 * 24 * 60))
        return self._at

    def _next(self, fields: dict[str, object], entry: EntryRef | None = None) -> None:
        more = {**fields, "version": self._state.version + 1, "updated_at": self._at}
        self._state = self._state.model_copy(update=more)
        self.events.append(Said(self._state, entry))


def shuffled(stories: list[Story], rnd: random.Random) -> list[Said]:
    """As a queue may deliver them at its worst: in any order, some of them twice."""
    events = [event for one in stories for event in one.events]
    events += rnd.choices(events, k=len(events) // 3)
    rnd.shuffle(events)
    return events
