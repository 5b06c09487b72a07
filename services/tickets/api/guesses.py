"""The routes of what a ticket's category probably is, and how good that has been so far."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.categories_http import CategoryGuess, CategoryGuesses, GuessingView
from services.tickets.api.answers import json_answer
from services.tickets.api.categories import CategoriesStore
from services.tickets.api.parameters import Number
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.storage import EquipmentStorage, LearnedStorage
from services.tickets.use_cases.change_ticket import find_ticket
from services.tickets.use_cases.learn_categories import suggest_category

router = APIRouter()


async def _learned(request: Request) -> LearnedStorage:
    return request.app.state.learned  # type: ignore[no-any-return]


async def _equipment(request: Request) -> EquipmentStorage:
    return request.app.state.equipment  # type: ignore[no-any-return]


LearnedStore = Annotated[LearnedStorage, Depends(_learned)]
TheEquipment = Annotated[EquipmentStorage, Depends(_equipment)]


@router.get("/tickets/{number}/categories")
async def get_guesses(
    number: Number,
    staff: Staff,
    tickets: TicketsStore,
    categories: CategoriesStore,
    learned: LearnedStore,
    equipment: TheEquipment,
) -> Response:
    ticket = await find_ticket(tickets, number, staff)
    tree = await categories.recent()
    found = await suggest_category(learned, tree, equipment, ticket)
    items = [
        CategoryGuess(category_id=one.id, path=tree.path(one), probability=round(probability, 3))
        for one, probability in found
    ]
    return json_answer(CategoryGuesses(items=items).model_dump())


@router.get("/category-guessing")
async def get_guessing(_staff: Staff, learned: LearnedStore) -> Response:
    totals = await learned.totals()
    told = GuessingView(
        learned=sum(totals.tickets.values()),
        guessed=totals.guessed,
        right=totals.right,
        among_three=totals.among_three,
        commonest=totals.commonest,
    )
    return json_answer(told.model_dump())
