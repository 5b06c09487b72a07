"""What every specialist's page begins with: who looks, and with which colleagues."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from fastapi import Request

from chassis.clock import now
from gateway.access.callers import staff_or_none, staff_session
from gateway.access.staff import Staff
from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.web.routing import SignInNeededError
from gateway.web.viewer import Viewer, viewer_for

_KEPT_SECONDS = 5.0
_kept: WeakKeyDictionary[Staff, tuple[float, list[dict[str, Any]]]] = WeakKeyDictionary()


async def reading_staff(request: Request) -> tuple[StaffSession, Viewer]:
    """Raises SignInNeededError."""
    session = await staff_or_none(request)
    if session is None:
        raise SignInNeededError
    return session, viewer_of(request, session)


async def writing_staff(request: Request) -> tuple[StaffSession, Viewer]:
    """Raises SignInNeededError; Problem 403 when the form does not come from our own page."""
    if await staff_or_none(request) is None:
        raise SignInNeededError
    session = await staff_session(request)
    return session, viewer_of(request, session)


def viewer_of(request: Request, session: StaffSession) -> Viewer:
    live = parts_of(request).live
    return viewer_for(request, session.csrf_token, staff=session.principal, last_event=live.last_id)


async def colleagues(request: Request) -> list[dict[str, Any]]:
    """Everybody to whom a ticket can be given; a newcomer is there after some seconds.

    `away_until`: they are not there now.
    """
    staff = parts_of(request).access.staff
    moment = time.monotonic()
    known = _kept.get(staff)
    if known and known[0] > moment:
        return known[1]
    found = [
        {"id": str(one.id), "full_name": one.full_name, "away_until": _away(one.away_until, now())}
        for one in await staff.all()
        if one.active
    ]
    _kept[staff] = (moment + _KEPT_SECONDS, found)
    return found


def _away(until: datetime | None, at: datetime) -> str | None:
    return until.isoformat() if until and until > at else None
