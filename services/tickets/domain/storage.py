"""What the use cases need remembered; the store keeps the promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from contracts.clients import CompanySaved, PersonMerged
from contracts.envelope import Event
from contracts.equipment import EquipmentSaved
from contracts.gateway import StaffSaved
from contracts.history import HistoryTold
from contracts.notices_http import NoticeSettings
from contracts.people import EquipmentRef, PersonRef
from contracts.plans import PlanRef
from contracts.terms import ContractSaved
from contracts.tickets import TicketEvent
from contracts.unread_http import Notice
from contracts.views_http import Arrangement
from services.tickets.domain.alike import Candidate
from services.tickets.domain.assignment import Colleague, Rules
from services.tickets.domain.beside import Around, Beside
from services.tickets.domain.board import Standing
from services.tickets.domain.calendar import Calendar
from services.tickets.domain.category import CategoryTree
from services.tickets.domain.learning import Lesson, Totals
from services.tickets.domain.listing import Position, Wanted
from services.tickets.domain.plan import Plan
from services.tickets.domain.sla import Timing
from services.tickets.domain.telling import Telling
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.view import View
from services.tickets.domain.worked import Worked


class TicketStorage(Protocol):
    async def next_number(self) -> int:
        """One more than any number given before."""

    async def add(self, ticket: Ticket, events: Sequence[Event]) -> bool:
        """Keep a new ticket with its events; False when its submission has a ticket already."""

    async def get(self, number: int) -> Ticket:
        """Raises TicketNotFoundError."""

    async def company_of(self, number: int) -> UUID:
        """Whose ticket it is; raises TicketNotFoundError."""

    async def view(self, number: int, now: datetime) -> dict[str, Any]:
        """A TicketView (contracts.tickets_http) as plain values; raises TicketNotFoundError."""

    async def desk(self, number: int, now: datetime) -> tuple[dict[str, Any], Timing]:
        """The view and what its clock is shown from, read at once; raises TicketNotFoundError."""

    async def beside(self, around: Around, now: datetime) -> Beside:
        """What stands beside a ticket that was read just before."""

    async def told_of(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Number, title, status and company id of those there are."""

    async def rows(
        self, wanted: Wanted, position: Position | None, now: datetime
    ) -> tuple[list[Any], Position | None]:
        """A page of TicketRows, ready to be written as JSON, and where the next one begins."""

    async def count(self, wanted: Wanted, most: int) -> int | None:
        """How many there are, up to `most`; None when that cannot be told soon enough."""

    async def candidates(self, company: UUID, most: int) -> list[Candidate]:
        """The newest open tickets of a company, as much as is compared."""

    async def of_submission(self, submission_id: UUID) -> Ticket:
        """Raises TicketNotFoundError."""

    async def merged_into(self, number: int) -> list[Ticket]:
        """All that point to this one."""

    async def some_of(self, person: UUID) -> list[Ticket]:
        """Some of a person's tickets."""

    async def some_behind(self, category: UUID, path: str | None, after: int) -> list[Ticket]:
        """Some that have this category and do not say this path (None: whatever they say), by number."""

    async def free_categories(self) -> list[str]:
        """What tickets say that have a category, but none of the tree; nothing once that was mended."""

    async def adopt(self, text: str, category: UUID, path: str) -> None:
        """Give those that say this text, and have none of the tree, this category of it."""

    async def end_adopting(self) -> None:
        """All of them have their place: they need not be looked for again."""

    async def categorised(self) -> dict[UUID, int] | None:
        """How many tickets have each category that any has; None where that cannot be told soon enough."""

    async def worked_in(self, company: UUID, month: str) -> Worked:
        """What was worked on a company's tickets in a month, such as 2026-11."""

    async def standings(self, companies: Sequence[UUID] | None, now: datetime) -> tuple[list[Standing], bool]:
        """The open tickets of these companies (None: all), the oldest first; and whether there are more."""

    async def rows_of(self, wanted: Sequence[tuple[UUID, int]], now: datetime) -> dict[UUID, Any]:
        """Rows of the list, ready to be written as JSON, of ids at these versions or newer ones."""

    async def open_after(self, company: UUID, number: int) -> list[Ticket]:
        """Some of a company's open tickets with higher numbers, in order."""

    async def behind(self, plan: UUID, version: int) -> list[Ticket]:
        """Some open tickets wound by an older version of the plan; of the default one also unplanned ones."""

    async def to_look_at(self, at: datetime) -> list[Ticket]:
        """Some tickets of which something may have to be told, the longest due first."""

    async def silent_since(self, before: datetime) -> list[Ticket]:
        """Some resolved tickets of which nothing was heard since."""

    async def save_both(self, *changed: tuple[Ticket, Sequence[TicketEvent]]) -> None:
        """Keep several changed tickets with their events, all or nothing; raises ConflictError."""

    async def save_watched(self, ticket: Ticket, events: Sequence[TicketEvent]) -> bool:
        """Keep a watched ticket, also where nothing had to be told; raises ConflictError."""

    async def loads(self, staff: Sequence[UUID]) -> dict[UUID, int]:
        """How many open tickets each has, of those who have any."""

    async def open_of(self, companies: Sequence[UUID]) -> dict[UUID, int]:
        """How many tickets are open, of those of the companies that have any."""

    async def save(self, ticket: Ticket, events: Sequence[TicketEvent]) -> None:
        """Keep a changed ticket with its events; raises ConflictError if somebody else changed it."""

    async def some_after(self, number: int, last: int, limit: int) -> list[Ticket]:
        """With higher numbers, up to the last, in order."""

    async def some_changed_since(self, moment: datetime, number: int, limit: int) -> list[Ticket]:
        """With higher numbers, in order."""

    async def tell(self, histories: Sequence[HistoryTold], at: datetime) -> None:
        """Queue these of tickets that have not changed since."""

    async def count_waiting(self, most: int) -> int:
        """How many tickets have events that wait; no more than so many are counted."""


class TellingStorage(Protocol):
    async def begin(self, key: UUID, at: datetime) -> None:
        """Of all numbers there are; the same again changes nothing."""

    async def next(self) -> Telling | None:
        """The oldest that goes on."""

    async def went_on(self, key: UUID, before: int, after: int, more: int) -> None:
        """By so many tickets, unless it stands elsewhere by now."""

    async def end(self, key: UUID, event: Event, at: datetime) -> None:
        """With the event that says so, once."""


class PlanStorage(Protocol):
    async def add(self, plan: Plan) -> None:
        """Keep a new plan with its event; raises KeyReusedError where there is one of this id."""

    async def save(self, plan: Plan) -> None:
        """Keep a changed plan with its event; raises ConflictError if somebody else changed it."""

    async def get(self, key: UUID) -> Plan:
        """As it is now; raises PlanNotFoundError."""

    async def all(self) -> list[Plan]:
        """Archived ones too, by name."""

    async def of(self, key: UUID | None) -> Plan:
        """The one that is meant, perhaps a moment old; the default one for none and for one that is gone."""

    async def promised(self, ref: PlanRef | None) -> Plan:
        """As it was in that version; as it is now where that was not kept, and the default one for none."""

    async def holding(self, company: UUID, day: date) -> Plan:
        """What the company's contract of that day names; the default one where none does."""

    async def hear_contract(self, contract: ContractSaved) -> bool:
        """Take over what is newer than what is known."""


class NoticeStorage(Protocol):
    async def of(self, staff_id: UUID) -> NoticeSettings:
        """What holds for who chose nothing, too."""

    async def keep(self, staff_id: UUID, settings: NoticeSettings) -> None:
        """Instead of what was chosen before."""


class ViewStorage(Protocol):
    async def add(self, view: View) -> bool:
        """False when the id is there already."""

    async def get(self, view_id: UUID) -> View:
        """Raises ViewNotFoundError."""

    async def seen_by(self, staff_id: UUID, roles: Sequence[str], most: int) -> list[View]:
        """One's own, and those shared with any of the roles."""

    async def count_of(self, staff_id: UUID) -> int:
        """How many are one's own."""

    async def save(self, view: View) -> None:
        """Raises ConflictError if somebody else changed it."""

    async def remove(self, view: View) -> None:
        """Raises ConflictError if somebody else changed it."""

    async def arrangement_of(self, staff_id: UUID) -> Arrangement:
        """Empty where nothing was arranged."""

    async def arrange(self, staff_id: UUID, arrangement: Arrangement) -> None:
        """Instead of how it was."""


class CategoryStorage(Protocol):
    async def tree(self) -> CategoryTree:
        """As it is now, to be changed."""

    async def recent(self) -> CategoryTree:
        """To be shown, not to be changed: it may be two seconds old."""

    async def save(self, tree: CategoryTree, events: Sequence[Event], at: datetime) -> None:
        """Keep a changed tree with its events; raises ConflictError if somebody else changed it."""

    async def announce(self, tree: CategoryTree, events: Sequence[Event], at: datetime) -> None:
        """How things stand; where the tree was changed meanwhile, nothing."""

    async def settle(self, tree: CategoryTree, done: Sequence[UUID]) -> None:
        """These categories' tickets say what the tree says, unless it was changed meanwhile."""


class LearnedStorage(Protocol):
    async def totals(self) -> Totals:
        """Perhaps some seconds old."""

    async def counts(self, features: Sequence[str]) -> dict[str, dict[UUID, int]]:
        """In how many tickets of each category a feature was, of those that were in any."""

    async def waiting(self) -> list[Ticket]:
        """Some tickets that were categorised and not learned from since."""

    async def lessons_of(self, tickets: Sequence[UUID]) -> dict[UUID, Lesson]:
        """What was learned from these."""

    async def learn(self, lessons: Mapping[UUID, Lesson], results: Mapping[str, int]) -> None:
        """Instead of what each ticket taught before; `results` are added to the totals."""

    async def done_with(self, tickets: Sequence[Ticket]) -> None:
        """Unless they were changed meanwhile: then they are looked at again."""


class UnreadStorage(Protocol):
    async def of(self, staff: UUID, at: datetime) -> list[Notice]:
        """Tickets that others gave a specialist, the newest first, of all companies."""

    async def see(self, staff: UUID, until: datetime) -> None:
        """What came until then has been read."""


class RuleStorage(Protocol):
    async def get(self) -> Rules:
        """The rules of assignment."""

    async def save(self, rules: Rules, before: int) -> None:
        """Instead of version `before`; raises ConflictError."""

    async def note_turn(self, staff: UUID, number: int) -> None:
        """The rules gave this ticket to them."""

    async def hear_company(self, company: CompanySaved) -> None:
        """Take over what is newer than what is known."""

    async def responsible_for(self, company: UUID) -> UUID | None:
        """The specialist who is responsible for a company, if any."""


class ColleagueStorage(Protocol):
    async def save(self, staff: StaffSaved) -> None:
        """Take over what is newer than what is known."""

    async def all(self) -> list[Colleague]:
        """Everybody who is known, those who left as well."""

    async def shift_of(self, staff_id: UUID) -> Calendar | None:
        """When somebody works; None where that is not known."""

    async def find_active(self, staff_id: UUID) -> Colleague | None:
        """A member of the staff who works here now."""


class EquipmentStorage(Protocol):
    async def save(self, piece: EquipmentSaved) -> None:
        """Take over what is newer than what is known."""

    async def find_of(self, company: UUID, piece_id: UUID) -> EquipmentRef | None:
        """A piece of that company's that is in use."""

    async def kind_of(self, piece_id: UUID) -> str | None:
        """None for what is not known."""


class MergedStorage(Protocol):
    async def save(self, merged: PersonMerged) -> None:
        """Take over what is newer than what is known."""

    async def find(self, person: UUID) -> PersonRef | None:
        """Who somebody is who was entered twice."""


class Mirrors(NamedTuple):
    """What is looked up to change a ticket: others' things, mirrored, plans and categories."""

    colleagues: ColleagueStorage
    equipment: EquipmentStorage
    plans: PlanStorage
    categories: CategoryStorage
