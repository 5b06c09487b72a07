"""New tickets are assigned by the rules, and the rules are kept."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.assignment_http import NewRules, Trial
from services.tickets.domain.assignment import Asked, Choice, Rota, Rules, assign
from services.tickets.domain.errors import ConflictError, RuleError
from services.tickets.domain.merging import check_it_goes_on
from services.tickets.domain.plan import Plan
from services.tickets.domain.storage import (
    CategoryStorage,
    ColleagueStorage,
    EquipmentStorage,
    LearnedStorage,
    PlanStorage,
    RuleStorage,
    TicketStorage,
)
from services.tickets.domain.ticket import Ticket
from services.tickets.use_cases.change_ticket import find_ticket, plan_of
from services.tickets.use_cases.learn_categories import suggest_category

# A guess less sure than this decides nothing by itself.
_SURE_ENOUGH = 0.7
_TRIES = 5


class Assigning(NamedTuple):
    """What is looked at to decide who gets a ticket."""

    rules: RuleStorage
    colleagues: ColleagueStorage
    categories: CategoryStorage
    learned: LearnedStorage
    equipment: EquipmentStorage


async def assign_new(
    tickets: TicketStorage, assigning: Assigning, ticket: Ticket, plan: Plan, at: datetime
) -> None:
    """A ticket that nobody has yet; a category it lacks is guessed, if the guess is sure enough."""
    rules = await assigning.rules.get()
    if not any(rule.enabled for rule in rules.items):
        return
    category = ticket.category_id
    if category is None and any(rule.kind == "category" for rule in rules.items):
        tree = await assigning.categories.recent()
        found = await suggest_category(assigning.learned, tree, assigning.equipment, ticket)
        category = found[0][0].id if found and found[0][1] >= _SURE_ENOUGH else None
    choice = await _choice(tickets, assigning, rules, ticket.company.id, category, at)
    if choice:
        assign(ticket, choice, at, plan, new_id())
        await assigning.rules.note_turn(choice.colleague.id, ticket.number)


async def assign_now(
    tickets: TicketStorage,
    assigning: Assigning,
    plans: PlanStorage,
    number: int,
    staff: Principal,
    at: datetime,
) -> None:
    """An open ticket that nobody has, by the rules as they are now.

    Raises TicketNotFoundError, ConflictError, and RuleError where somebody has it or no rule finds anybody.
    """
    for _ in range(_TRIES):
        ticket = await find_ticket(tickets, number, staff)
        check_it_goes_on(ticket)
        if ticket.assignee:
            raise RuleError("assignee", f"{ticket.assignee.full_name} has it already")
        await assign_new(tickets, assigning, ticket, await plan_of(plans, ticket), at)
        events = ticket.take_events()
        if not events:
            raise RuleError("assignee", "no rule finds anybody for this ticket")
        try:
            await tickets.save(ticket, events)
        except ConflictError:
            continue
        return
    raise ConflictError


async def try_rules(
    tickets: TicketStorage, assigning: Assigning, trial: Trial, at: datetime
) -> Choice | None:
    """Who would get a ticket of this company and category now."""
    rules = await assigning.rules.get()
    return await _choice(tickets, assigning, rules, trial.company_id, trial.category_id, at)


async def keep_rules(assigning: Assigning, new: NewRules, version: int | None) -> Rules:
    """Raises RuleError for what names nobody or nothing, ConflictError."""
    before = await assigning.rules.get()
    if version is not None and before.version != version:
        raise ConflictError
    if len({rule.id for rule in new.items}) != len(new.items):
        raise RuleError("items", "two rules have the same id")
    known = {one.id for one in await assigning.colleagues.all()}
    tree = await assigning.categories.tree()
    for rule in new.items:
        if not known.issuperset(rule.staff):
            raise RuleError("staff", "there is no such specialist")
        if any(tree.resolve(key) is None for key in rule.categories):
            raise RuleError("categories", "there is no such category")
    rules = Rules(version=before.version + 1, items=new.items)
    await assigning.rules.save(rules, before.version)
    return rules


async def _choice(
    tickets: TicketStorage,
    assigning: Assigning,
    rules: Rules,
    company: UUID,
    category: UUID | None,
    at: datetime,
) -> Choice | None:
    colleagues = await assigning.colleagues.all()
    rota = Rota(colleagues, await tickets.loads([one.id for one in colleagues]), at)
    tree = await assigning.categories.recent()
    one = tree.resolve(category) if category else None
    named = [key for key in (category, one and one.id, one and one.parent_id) if key]
    responsible = await assigning.rules.responsible_for(company)
    return rota.choose(rules, Asked(company, responsible, named))
