"""The routes of what a specialist is told of."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.principal import Principal, Staff
from contracts.unread_http import UnreadList, UnreadSeen
from services.tickets.api.answers import json_answer
from services.tickets.domain.storage import UnreadStorage

router = APIRouter()


async def _unread(request: Request) -> UnreadStorage:
    return request.app.state.unread  # type: ignore[no-any-return]


TheUnread = Annotated[UnreadStorage, Depends(_unread)]


@router.get("/unread")
async def get_unread(staff: Staff, unread: TheUnread) -> Response:
    return await _answer(staff, unread)


@router.post("/unread/seen")
async def post_seen(seen: UnreadSeen, staff: Staff, unread: TheUnread) -> Response:
    """Nothing that is still to come counts as read."""
    await unread.see(staff.id, min(seen.until, now()))
    return await _answer(staff, unread)


async def _answer(staff: Principal, unread: UnreadStorage) -> Response:
    items = [one for one in await unread.of(staff.id, now()) if staff.may_see_company(one.company.id)]
    return json_answer(UnreadList(items=items, unread=sum(one.unread for one in items)).model_dump())
