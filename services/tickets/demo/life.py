"""What becomes of one ticket: the domain itself decides what each deed does, only the moments are made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from contracts.intake import Requester, SubmissionReceived
from contracts.people import Author, StaffRef
from contracts.tickets import Priority, Status
from services.tickets.demo.problems import ANSWERS, DEEDS, DETAILS, QUESTIONS, REASONS
from services.tickets.demo.town import Town
from services.tickets.demo.year import Arrival
from services.tickets.domain.calendar import moment_after
from services.tickets.domain.log import Entry, kind_of
from services.tickets.domain.merging import merge
from services.tickets.domain.plan import Plan
from services.tickets.domain.registration import register
from services.tickets.domain.status import ENDED
from services.tickets.domain.ticket import Ticket

_SPACE = UUID("0198b0c0-0000-7000-8000-0000000000de")
_SYSTEM = Author(kind="system", full_name="")
_CLOSES_AFTER = timedelta(days=3)


class Life:
    """Deeds after `until` are not done: the newest tickets are still open."""

    def __init__(
        self, number: int, arrival: Arrival, plan: Plan, until: datetime, rnd: random.Random
    ) -> None:
        self._plan, self._rnd, self._until = plan, rnd, until
        self._ids = 0
        self._seed = f"{arrival.at.isoformat()}/{number}"
        self.arrival = arrival
        self.at = arrival.at
        self.ticket = register(
            SubmissionReceived(
                submission_id=uuid5(_SPACE, f"submission {self._seed}"),
                channel=rnd.choices(["bureaucrat", "portal", "phone"], [7, 2, 1])[0],
                title=arrival.problem.title,
                description=rnd.choice(DETAILS),
                requester=Requester(person=arrival.person, company=arrival.client.company),
                received_at=arrival.at,
            ),
            ticket_id=uuid5(_SPACE, f"ticket {self._seed}"),
            number=number,
            at=arrival.at,
            plan=plan,
        )
        self.ticket.take_events()

    def begin(self, town: Town) -> None:
        self._triage(town)
        self._react()

    def join(self, first: Life) -> Ticket:
        """Found to be about the same, some minutes after it came."""
        first.at = max(first.at, self.at) + timedelta(minutes=self._rnd.randrange(1, 4))
        is_open = first.ticket.status not in ENDED and not first._is_over()
        if is_open and first.ticket.assignee:
            merge(self.ticket, first.ticket, first._specialist, first.at, self._id())
            first.ticket.take_events()
            self.ticket.take_events()
        return self.ticket

    def go_on(self) -> Ticket:
        if self._rnd.random() < 0.15:
            self._ask()
        for _ in range(self._rnd.choices([1, 2, 3], [6, 3, 1])[0]):
            self._work()
        self._resolve()
        if self._rnd.random() < 0.03:
            self._come_back()
        self._end()
        return self.ticket

    def _triage(self, town: Town) -> None:
        problem, rnd = self.arrival.problem, self._rnd
        self._pass(rnd.expovariate(1 / 7))
        staff = rnd.choices(town.staff, [len(town.staff) - place for place in range(len(town.staff))])[0]
        wanted: dict[str, Any] = {
            "assignee": staff,
            "priority": Priority(problem.priority if rnd.random() < 0.85 else "low"),
            "equipment": self.arrival.piece,
        }
        if rnd.random() < 0.96:
            wanted["category"] = problem.category
            wanted["category_id"] = town.categories.get(problem.category)
        self._change(wanted, _author(town.dispatcher))

    def _react(self) -> None:
        self._pass(self._rnd.expovariate(1 / (4 if self.ticket.priority is Priority.URGENT else 11)))
        if self.ticket.assignee:
            self._change({"status": Status.IN_PROGRESS}, self._specialist)

    def _ask(self) -> None:
        self._pass(5)
        self._say(self._rnd.choice(QUESTIONS), public=True)
        self._change({"status": Status.WAITING}, self._specialist)
        self._pass(self._rnd.expovariate(1 / 200))
        if self._is_over():
            return
        person = self.arrival.person
        author = Author(kind="person", id=person.id, full_name=person.full_name)
        reply = Entry(id=self._id(), at=self.at, author=author, kind="reply", text="Ответила.", public=True)
        self.ticket.reply(reply, self._plan)
        self.ticket.take_events()

    def _work(self) -> None:
        problem, rnd = self.arrival.problem, self._rnd
        minutes = max(5, round(rnd.lognormvariate(0, 0.5) * problem.minutes / 5) * 5)
        self._pass(minutes + rnd.expovariate(1 / 40))
        self._say(rnd.choice(DEEDS), minutes=minutes, additional=rnd.randrange(100) < problem.extra)

    def _resolve(self) -> None:
        self._pass(self._rnd.expovariate(1 / 25))
        self._say(self._rnd.choice(ANSWERS), public=True)
        self._change({"status": Status.RESOLVED}, self._specialist)
        if self.ticket.sla(self.at).state == "broken" and self._rnd.random() < 0.7:
            self._change({"breach_reason": self._rnd.choice(REASONS)}, self._specialist)

    def _come_back(self) -> None:
        self._pass(self._rnd.expovariate(1 / 300))
        self._change({"status": Status.IN_PROGRESS}, self._specialist)
        self._work()
        self._resolve()

    def _end(self) -> None:
        if self.ticket.status is not Status.RESOLVED:
            return
        if self._rnd.random() < 0.3:
            self._rate()
        self.at += _CLOSES_AFTER
        self._change({"status": Status.CLOSED}, _SYSTEM)

    def _rate(self) -> None:
        self._pass(30)
        if self._is_over():
            return
        score = self._rnd.choices([5, 4, 3, 2, 1], [70, 18, 7, 3, 2])[0]
        person = self.arrival.person
        author = Author(kind="person", id=person.id, full_name=person.full_name)
        self.ticket.rate(
            Entry(id=self._id(), at=self.at, author=author, kind="rating", text=str(score)), score
        )
        self.ticket.take_events()

    # How it is done

    @property
    def _specialist(self) -> Author:
        assignee = self.ticket.assignee
        return _author(assignee) if assignee else _SYSTEM

    def _pass(self, minutes: float) -> None:
        """So many working minutes."""
        amount = timedelta(seconds=round(minutes * 60))
        self.at = moment_after(self._plan.calendar, self.at, amount, [])

    def _is_over(self) -> bool:
        return self.at >= self._until

    def _change(self, wanted: dict[str, Any], author: Author) -> None:
        if self._is_over():
            return
        self.ticket.change(wanted, author, self.at, self._plan, self._id())
        self.ticket.take_events()

    def _say(
        self, text: str, *, public: bool = False, minutes: int | None = None, additional: bool = False
    ) -> None:
        if self._is_over():
            return
        entry = Entry(
            id=self._id(),
            at=self.at,
            author=self._specialist,
            kind=kind_of(public=public, minutes=minutes),
            text=text,
            minutes=minutes,
            additional=additional,
            public=public,
        )
        self.ticket.log_entry(entry, self._plan)
        self.ticket.take_events()

    def _id(self) -> UUID:
        self._ids += 1
        return uuid5(_SPACE, f"{self._seed}/{self._ids}")


def _author(staff: StaffRef) -> Author:
    return Author(kind="staff", id=staff.id, full_name=staff.full_name)
