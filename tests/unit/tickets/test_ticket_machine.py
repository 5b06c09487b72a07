"""Whatever is done with a ticket, in any order: what must always hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.tickets import Priority, Status, TicketReopened
from services.tickets.domain.errors import RuleError
from services.tickets.domain.log import Entry
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.promise import Promise
from services.tickets.domain.sla import intervals, used_time
from services.tickets.domain.status import may_follow
from tests.unit.tickets.samples import COLLEAGUE, MONDAY, SPECIALIST, a_ticket, an_entry, set_fields

_SECRET = "только для своих"
_MINUTES = st.none() | st.integers(0, 600)
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from([status for status in Status if status is not Status.MERGED]),
        "priority": st.sampled_from(Priority),
        "assignee": st.none() | st.just(COLLEAGUE),
        "category": st.none() | st.sampled_from(["Принтеры", "Сеть"]),
        "title": st.sampled_from(["Принтер", "Сеть"]),
    },
)


class TicketLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ticket = a_ticket()
        self.now = self.latest = MONDAY
        self.reopened = 0
        self.first_reaction: datetime | None = None

    def _tick(self, minutes: int) -> datetime:
        self.now += timedelta(minutes=minutes)
        self.latest = max(self.latest, self.now)
        return self.now

    def _decided(self, *, something: bool) -> None:
        """The version is raised by exactly one if anything changed, and every event says the same."""
        version = self.ticket.version
        events = self.ticket.take_events()
        assert bool(events) == something
        assert self.ticket.version == version + something
        assert self.ticket.take_events() == []
        for event in events:
            assert event.ticket == self.ticket.state(self.ticket.updated_at)
            assert _SECRET not in json.dumps(event.model_dump(mode="json"), ensure_ascii=False)
        self.reopened += sum(isinstance(event, TicketReopened) for event in events)

    @rule(wanted=_FIELDS, minutes=st.integers(0, 500))
    def change(self, wanted: dict[str, Any], minutes: int) -> None:
        before = self.ticket.model_copy(deep=True)
        try:
            set_fields(self.ticket, self._tick(minutes), **wanted)
        except RuleError:
            assert self.ticket == before
            self._decided(something=False)
            return
        after = wanted.get("status", before.status)
        assert after is before.status or may_follow(before.status, after)
        self._decided(something=any(getattr(before, field) != value for field, value in wanted.items()))

    @rule(public=st.booleans(), minutes=_MINUTES, additional=st.booleans(), wait=st.integers(0, 500))
    def log_entry(self, minutes: int | None, wait: int, *, public: bool, additional: bool) -> None:
        kind = "answer" if public else "work" if minutes else "note"
        text = "ответ" if public else _SECRET
        entry = an_entry(kind, self._tick(wait), text=text, minutes=minutes, additional=additional)  # type: ignore[arg-type]
        self.ticket.log_entry(entry, DEFAULT_PLAN)
        self._decided(something=True)

    @rule(data=st.data(), minutes=_MINUTES, additional=st.booleans())
    def correct(self, data: st.DataObject, minutes: int | None, *, additional: bool) -> None:
        own = [entry for entry in self.ticket.entries if entry.kind in ("answer", "note", "work")]
        if own:
            entry: Entry = data.draw(st.sampled_from(own))
            text = f"{entry.text}!"
            wanted = {"text": text, "minutes": minutes, "additional": additional}
            self.ticket.correct_entry(entry.id, wanted, SPECIALIST, self._tick(1))
            self._decided(something=True)

    @rule(late=st.integers(-200, 300), text=st.sampled_from(["не работает", ""]))
    def reply(self, late: int, text: str) -> None:
        self.ticket.reply(an_entry("reply", self._tick(late), text=text), DEFAULT_PLAN)
        self._decided(something=True)

    @rule(score=st.integers(1, 5))
    def rate(self, score: int) -> None:
        self.ticket.rate(an_entry("rating", self._tick(0), text=f"{score}/5"), score)
        self._decided(something=True)

    @rule(minutes=st.integers(0, 1500))
    def time_passes(self, minutes: int) -> None:
        """The clock is looked at when it asked for it, and what was noted then is how it stands."""
        self.now = self.latest
        until, told = self._tick(minutes), self._promise.told
        while (look := self._promise.look_at) and look <= until:
            self.ticket.watch(look)
        self._decided(something=self._promise.told != told)
        state = self.ticket.sla(until).state
        assert self._promise.is_near == (state == "warned")
        assert self.ticket.has_missed == (state == "broken")

    @property
    def _promise(self) -> Promise:
        assert self.ticket.promise
        return self.ticket.promise

    @invariant()
    def minutes_equal_the_log(self) -> None:
        entries = self.ticket.entries
        assert self.ticket.minutes == sum(entry.minutes or 0 for entry in entries)
        assert self.ticket.additional_minutes == sum(e.minutes or 0 for e in entries if e.additional)

    @invariant()
    def reopenings_are_counted(self) -> None:
        assert self.ticket.reopened == self.reopened

    @invariant()
    def the_first_reaction_never_moves(self) -> None:
        if self.first_reaction:
            assert self.ticket.clock.reacted_at == self.first_reaction
        self.first_reaction = self.ticket.clock.reacted_at

    @invariant()
    def the_bar_and_the_clock_agree(self) -> None:
        clock, until = self.ticket.clock, max(self.now, self.ticket.updated_at) + timedelta(days=1)
        pieces = intervals(DEFAULT_PLAN, clock, until)
        counted = sum((piece.end - piece.start for piece in pieces if piece.counted), timedelta())
        assert counted == used_time(DEFAULT_PLAN, clock.started_at, until, clock.paused_spans(until))

    @invariant()
    def only_a_ticket_that_waits_or_is_over_is_paused(self) -> None:
        paused = self.ticket.clock.paused_at is not None
        assert paused == (self.ticket.status not in (Status.NEW, Status.IN_PROGRESS))


TestTicketLife = TicketLife.TestCase
TestTicketLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
