"""The routes of saved views of the list."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.parameters import Key, Version
from chassis.principal import Principal, Staff
from contracts.views_http import Arrangement, NewView, ViewPatch
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.storage import ViewStorage
from services.tickets.domain.view import View
from services.tickets.use_cases import keep_views

router = APIRouter(prefix="/views")


async def _views(request: Request) -> ViewStorage:
    return request.app.state.views  # type: ignore[no-any-return]


TheViews = Annotated[ViewStorage, Depends(_views)]


@router.get("")
async def list_views(staff: Staff, views: TheViews) -> Response:
    return json_answer((await keep_views.see_views(views, staff)).model_dump())


@router.post("")
async def post_view(new: NewView, staff: Staff, key: Key, views: TheViews) -> Response:
    return _answer(await keep_views.add_view(views, new, staff, key), staff, 201)


@router.get("/counts")
async def list_counts(request: Request, staff: Staff, views: TheViews, tickets: TicketsStore) -> Response:
    counts = await keep_views.count_views(views, tickets, request.app.state.categories, staff)
    return json_answer(counts.model_dump())


@router.put("/arrangement")
async def put_arrangement(arrangement: Arrangement, staff: Staff, views: TheViews) -> Response:
    await keep_views.arrange_views(views, arrangement, staff)
    return await list_views(staff, views)


@router.get("/{view_id}")
async def get_view(view_id: UUID, staff: Staff, views: TheViews) -> Response:
    return _answer(await keep_views.find_view(views, view_id, staff), staff)


@router.patch("/{view_id}")
async def patch_view(
    view_id: UUID, patch: ViewPatch, staff: Staff, version: Version, views: TheViews
) -> Response:
    return _answer(await keep_views.change_view(views, view_id, patch, staff, version), staff)


@router.delete("/{view_id}")
async def delete_view(view_id: UUID, staff: Staff, version: Version, views: TheViews) -> Response:
    await keep_views.remove_view(views, view_id, staff, version)
    return Response(status_code=204)


def _answer(view: View, staff: Principal, status: int = 200) -> Response:
    return json_answer(keep_views.shown(view, staff).model_dump(), status=status, version=view.version)
