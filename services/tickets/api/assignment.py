"""The routes of the rules of assignment, for dispatchers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Version
from chassis.principal import Staff
from contracts.assignment_http import NewRules, RulesView, Trial, TrialView
from services.tickets.api.answers import json_answer
from services.tickets.api.categories import Dispatcher
from services.tickets.api.parameters import Number
from services.tickets.api.routes import ThePlans, TicketsStore, ticket_answer
from services.tickets.domain.assignment import Rules
from services.tickets.use_cases.assign_by_rule import Assigning, assign_now, keep_rules, try_rules

router = APIRouter()


async def _assigning(request: Request) -> Assigning:
    return request.app.state.assigning  # type: ignore[no-any-return]


TheAssigning = Annotated[Assigning, Depends(_assigning)]


@router.get("/assignment-rules")
async def get_rules(_staff: Staff, assigning: TheAssigning) -> Response:
    return _answer(await assigning.rules.get())


@router.put("/assignment-rules")
async def put_rules(new: NewRules, _staff: Dispatcher, version: Version, assigning: TheAssigning) -> Response:
    return _answer(await keep_rules(assigning, new, version))


@router.post("/assignment-rules/trial")
async def post_trial(
    trial: Trial, _staff: Dispatcher, tickets: TicketsStore, assigning: TheAssigning
) -> Response:
    """Nothing is changed by it."""
    choice = await try_rules(tickets, assigning, trial, now())
    told = TrialView(staff=choice.colleague.reference, rule=choice.rule.name) if choice else TrialView()
    return json_answer(told.model_dump())


@router.post("/tickets/{number}/assign")
async def post_assign(
    number: Number, staff: Staff, tickets: TicketsStore, plans: ThePlans, assigning: TheAssigning
) -> Response:
    await assign_now(tickets, assigning, plans, number, staff, now())
    return await ticket_answer(tickets, number, staff)


def _answer(rules: Rules) -> Response:
    view = RulesView(items=rules.items, version=rules.version)
    return json_answer(view.model_dump(), version=rules.version)
