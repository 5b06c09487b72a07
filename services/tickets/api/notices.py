"""The routes of what one wants to be told of: each caller's own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.notices_http import NoticeSettings
from services.tickets.api.answers import json_answer
from services.tickets.domain.storage import NoticeStorage

router = APIRouter(prefix="/notices")


async def _notices(request: Request) -> NoticeStorage:
    return request.app.state.notices  # type: ignore[no-any-return]


TheNotices = Annotated[NoticeStorage, Depends(_notices)]


@router.get("")
async def get_notices(staff: Staff, notices: TheNotices) -> Response:
    return json_answer((await notices.of(staff.id)).model_dump())


@router.put("")
async def put_notices(settings: NoticeSettings, staff: Staff, notices: TheNotices) -> Response:
    await notices.keep(staff.id, settings)
    return json_answer(settings.model_dump())
