"""A specialist changes fields or logs what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.intake import FileRef
from contracts.people import Author, EquipmentRef, StaffRef
from contracts.tickets import Status
from contracts.tickets_http import EntryCorrection, NewEntry, TicketPatch
from services.tickets.domain.errors import (
    ConflictError,
    KeyReusedError,
    RuleError,
    StaleError,
    TicketNotFoundError,
)
from services.tickets.domain.log import Entry, kind_of
from services.tickets.domain.merging import check_it_goes_on
from services.tickets.domain.plan import Plan
from services.tickets.domain.storage import (
    ColleagueStorage,
    EquipmentStorage,
    Mirrors,
    PlanStorage,
    TicketStorage,
)
from services.tickets.domain.ticket import Ticket
from services.tickets.use_cases.keep_categories import named

# Without If-Match nobody asked for a particular version, so a collision is simply decided again.
_TRIES = 5


async def find_ticket(tickets: TicketStorage, number: int, staff: Principal) -> Ticket:
    """Raises TicketNotFoundError, alike for «not there» and «not yours»."""
    ticket = await tickets.get(number)
    if not staff.may_see_company(ticket.company.id):
        raise TicketNotFoundError
    return ticket


async def change_fields(
    tickets: TicketStorage,
    mirrors: Mirrors,
    number: int,
    patch: TicketPatch,
    staff: Principal,
    at: datetime,
    version: int | None,
    *,
    entry_id: UUID | None = None,
) -> Ticket:
    """Raises RuleError, ConflictError when `version` is no longer the newest, TicketNotFoundError.

    With an `entry_id` the same again changes nothing.
    """
    wanted: dict[str, Any] = patch.model_dump(exclude_unset=True)
    if wanted.get("assignee") or wanted.get("equipment"):
        company = (await find_ticket(tickets, number, staff)).company.id
        if wanted.get("assignee"):
            wanted["assignee"] = await _colleague(mirrors.colleagues, wanted["assignee"], staff, company)
        if wanted.get("equipment"):
            wanted["equipment"] = await _piece(mirrors.equipment, company, wanted["equipment"])
    if "category" in wanted:
        wanted |= named(await mirrors.categories.tree(), wanted["category"])
    author, told_in = author_of(staff), entry_id or new_id()

    def decide(ticket: Ticket, plan: Plan) -> None:
        if not ticket.entry(told_in):
            ticket.change(wanted, author, at, plan, told_in)

    return await _decide(tickets, mirrors, number, staff, version, decide)


async def log_entry(
    tickets: TicketStorage,
    mirrors: Mirrors,
    number: int,
    new: NewEntry,
    staff: Principal,
    at: datetime,
    entry_id: UUID,
) -> Ticket:
    """The same `entry_id` again changes nothing; a `status` is set in the same step.

    Raises KeyReusedError when that id was used for another entry, RuleError, TicketNotFoundError.
    """
    author = author_of(staff)
    entry = Entry(
        id=entry_id,
        at=at,
        author=author,
        kind=kind_of(public=new.public, minutes=new.minutes),
        text=new.text,
        minutes=new.minutes,
        additional=new.additional,
        public=new.public,
        mentions=tuple(dict.fromkeys(new.mentions)),
        files=tuple(FileRef.model_validate(file.model_dump()) for file in new.files),
    )

    def decide(ticket: Ticket, plan: Plan) -> None:
        if known := ticket.entry(entry_id):
            is_same = (known.author.id, known.first_said()) == (author.id, entry.first_said())
            if not is_same or _moved_by(known, ticket) not in (None, new.status):
                raise KeyReusedError
            return
        ticket.log_entry(entry, plan)
        if new.status:
            ticket.change({"status": new.status}, author, at, plan, entry.change_id("status"))

    return await _decide(tickets, mirrors, number, staff, None, decide)


def _moved_by(entry: Entry, ticket: Ticket) -> Status | None:
    """The status that came with an entry, if it was another than before."""
    moved = ticket.entry(entry.change_id("status"))
    return Status(moved.changes[0].after) if moved else None


async def correct_entry(
    tickets: TicketStorage,
    mirrors: Mirrors,
    number: int,
    entry_id: UUID,
    wanted: EntryCorrection,
    staff: Principal,
    at: datetime,
    version: int | None = None,
) -> Ticket:
    """What the entry said before is kept beside what it says now.

    Raises StaleError where somebody corrected this entry since `version`; other changes do not matter to it.
    """
    fields = wanted.model_dump(exclude_unset=True)
    author = author_of(staff)

    def decide(ticket: Ticket, _plan: Plan) -> None:
        entry = ticket.entry(entry_id)
        if version is not None and entry and entry.is_corrected_since(version):
            raise StaleError(ticket.version, ticket.since(version))
        ticket.correct_entry(entry_id, fields, author, at)

    return await _decide(tickets, mirrors, number, staff, None, decide)


def author_of(staff: Principal) -> Author:
    return Author(kind="staff", id=staff.id, full_name=staff.full_name)


async def _decide(
    tickets: TicketStorage,
    mirrors: Mirrors,
    number: int,
    staff: Principal,
    version: int | None,
    decide: Callable[[Ticket, Plan], object],
) -> Ticket:
    shift = await mirrors.colleagues.shift_of(staff.id)
    for attempt in range(_TRIES):
        ticket = await find_ticket(tickets, number, staff)
        if version is not None and ticket.version != version:
            raise StaleError(ticket.version, ticket.since(version))
        check_it_goes_on(ticket)
        ticket.works_in(shift)
        decide(ticket, await plan_of(mirrors.plans, ticket))
        events = ticket.take_events()
        if not events:
            return ticket
        try:
            await tickets.save(ticket, events)
        except ConflictError:
            if attempt == _TRIES - 1:
                raise
        else:
            return ticket
    raise ConflictError


async def plan_of(plans: PlanStorage, ticket: Ticket) -> Plan:
    """As it is now; what is over keeps the version by which it ended, whatever is still noted on it."""
    promised = ticket.promise.plan if ticket.promise else None
    if ticket.clock.resolved_at:
        return await plans.promised(promised)
    return await plans.of(promised.id if promised else None)


async def _colleague(
    colleagues: ColleagueStorage, staff_id: UUID, asking: Principal, company: UUID
) -> StaffRef:
    if staff_id == asking.id:
        return StaffRef(id=asking.id, full_name=asking.full_name)
    found = await colleagues.find_active(staff_id)
    if found is None:
        raise RuleError("assignee", "there is no such active specialist")
    if not found.may_have(company):
        raise RuleError("assignee", "this specialist does not see the tickets of that company")
    return found.reference


async def _piece(equipment: EquipmentStorage, company: UUID, piece_id: UUID) -> EquipmentRef:
    found = await equipment.find_of(company, piece_id)
    if found is None:
        raise RuleError("equipment", "the ticket's company has no such piece of equipment")
    return found
