"""The routes of categories: for all staff to read, for dispatchers to keep."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Key, Version
from chassis.principal import Principal, Staff
from chassis.problems import Problem
from contracts.categories_http import (
    CategoryList,
    CategoryMerge,
    CategoryPatch,
    CategoryView,
    NewCategory,
)
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.category import Category, CategoryTree
from services.tickets.domain.storage import CategoryStorage
from services.tickets.use_cases.keep_categories import add_category, change_category, merge_category

router = APIRouter()
_KEEPING = frozenset({"dispatcher", "manager", "admin"})


async def the_dispatcher(staff: Staff) -> Principal:
    """Keeps what is of all companies: who is limited to some does not."""
    if _KEEPING.isdisjoint(staff.roles) or staff.companies is not None:
        raise Problem(403, "Your role does not allow this.")
    return staff


async def _categories(request: Request) -> CategoryStorage:
    return request.app.state.categories  # type: ignore[no-any-return]


Dispatcher = Annotated[Principal, Depends(the_dispatcher)]
CategoriesStore = Annotated[CategoryStorage, Depends(_categories)]


@router.get("/categories")
async def list_categories(
    staff: Staff, categories: CategoriesStore, tickets: TicketsStore, counted: bool = False
) -> Response:
    """`counted`: with how many tickets each has; not for who is limited to certain companies."""
    tree = await categories.tree()
    counts = await tickets.categorised() if counted and staff.companies is None else None
    items = [_view(tree, one, counts) for one in tree.in_order()]
    return json_answer(CategoryList(items=items, following=bool(tree.unsettled)).model_dump())


@router.post("/categories")
async def post_category(
    new: NewCategory, _staff: Dispatcher, key: Key, categories: CategoriesStore
) -> Response:
    return _answer(*await add_category(categories, new, key, now()), status=201)


@router.patch("/categories/{category_id}")
async def patch_category(
    category_id: UUID,
    patch: CategoryPatch,
    _staff: Dispatcher,
    version: Version,
    categories: CategoriesStore,
) -> Response:
    return _answer(*await change_category(categories, category_id, patch, version, now()))


@router.post("/categories/{category_id}/merge")
async def post_merge(
    category_id: UUID,
    merge: CategoryMerge,
    _staff: Dispatcher,
    version: Version,
    categories: CategoriesStore,
) -> Response:
    """Answers the one that stays."""
    return _answer(*await merge_category(categories, category_id, merge.into, version, now()))


def _answer(tree: CategoryTree, one: Category, status: int = 200) -> Response:
    return json_answer(_view(tree, one).model_dump(), status=status, version=one.version)


def _view(tree: CategoryTree, one: Category, counts: dict[UUID, int] | None = None) -> CategoryView:
    return CategoryView(
        **one.model_dump(exclude={"merged_into"}),
        path=tree.path(one),
        tickets=None if counts is None else counts.get(one.id, 0),
    )
